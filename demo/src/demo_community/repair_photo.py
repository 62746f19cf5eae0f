"""The photo that proves a repair: drawn, with the metadata that a telephone would add."""

import io
from datetime import datetime

from PIL import Image, ImageDraw

_WIDTH, _HEIGHT = 1600, 1200
_WALL, _FLOOR = (222, 215, 201), (150, 143, 132)
_PIPE, _SHADE, _VALVE = (96, 122, 140), (70, 92, 108), (176, 45, 38)
_DIAL, _NEEDLE = (250, 250, 246), (30, 30, 30)

# Exif: https://www.cipa.jp/std/documents/download_e.html?DC-008-Translation-2023-E
_MAKE, _MODEL, _DATE_TIME, _GPS = 0x010F, 0x0110, 0x0132, 0x8825
_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE = 1, 2, 3, 4


def repair_photo(taken_at: datetime) -> bytes:
    """Draw a new valve and a gauge that shows pressure again.

    Args:
        taken_at: what the telephone's clock showed; no two photos are the same.
    Returns: a JPEG of 1,600 by 1,200 pixels that tells where it was taken, as photos do.
    """
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), _WALL)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 1000, _WIDTH, _HEIGHT), fill=_FLOOR)
    _pipe(draw)
    _valve(draw)
    _gauge(draw)
    draw.text((40, 1130), f"{taken_at:%Y-%m-%d %H:%M:%S}", fill=_DIAL, font_size=40)
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=85, exif=_metadata(taken_at))
    return written.getvalue()


def _pipe(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 640, _WIDTH, 760), fill=_PIPE)
    draw.rectangle((0, 735, _WIDTH, 760), fill=_SHADE)
    for left in (260, 1180):
        draw.rectangle((left, 610, left + 60, 790), fill=_SHADE)


def _valve(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((560, 600, 760, 800), fill=_SHADE)
    draw.rectangle((640, 430, 680, 600), fill=_SHADE)
    draw.rounded_rectangle((520, 390, 800, 440), radius=25, fill=_VALVE)


def _gauge(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((985, 520, 1015, 640), fill=_SHADE)
    draw.ellipse((860, 260, 1140, 540), fill=_SHADE)
    draw.ellipse((880, 280, 1120, 520), fill=_DIAL)
    draw.arc((900, 300, 1100, 500), start=140, end=400, fill=(60, 140, 70), width=14)
    draw.line((1000, 400, 1058, 336), fill=_NEEDLE, width=10)
    draw.text((945, 430), "0.28 MPa", fill=_NEEDLE, font_size=28)


def _metadata(taken_at: datetime) -> Image.Exif:
    exif = Image.Exif()
    exif[_MAKE], exif[_MODEL] = "Demo", "Telephone of the demo community"
    exif[_DATE_TIME] = f"{taken_at:%Y:%m:%d %H:%M:%S}"
    exif[_GPS] = {
        _LATITUDE_REF: "N",
        _LATITUDE: (38.0, 3.0, 12.5),
        _LONGITUDE_REF: "E",
        _LONGITUDE: (114.0, 28.0, 41.0),
    }
    return exif
