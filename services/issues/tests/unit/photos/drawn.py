"""Pictures as people send them, drawn for tests."""

import struct
import zlib
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms

GPS = 0x8825
ORIENTATION = 0x0112
MAKE = 0x010F
SECRET = b"GPS-31.2304N-121.4737E"
"""What nobody may find in what is kept."""


def picture(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    drawn = Image.new("RGB", size, "red")
    drawn.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    return drawn.convert(mode)


def encoded(drawn: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """The bytes of a picture."""
    written = BytesIO()
    drawn.save(written, kind, **options)
    return written.getvalue()


@cache  # a profile has the moment in it at which it was made
def with_gps(size: tuple[int, int] = (64, 48), *, orientation: int = 1) -> bytes:
    """A JPEG as a phone takes it: where, with what, and which way up."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKE] = SECRET.decode()
    exif.get_ifd(GPS).update({1: "N", 2: (31.0, 13.0, 49.0), 3: "E", 4: (121.0, 28.0, 25.0)})
    return encoded(
        picture(size),
        exif=exif,
        comment=SECRET,
        xmp=b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        quality=95,
    )


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header claims a size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    chunks = [(b"IHDR", header), (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def webp_that_says(width: int, height: int) -> bytes:
    """A WebP whose canvas claims a size."""
    honest = encoded(picture(), "WEBP", lossless=True, exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0")
    assert honest[12:16] == b"VP8X"
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return honest[:24] + size + honest[30:]


def opened(content: bytes) -> Image.Image:
    """A kept picture, read again."""
    return Image.open(BytesIO(content))
