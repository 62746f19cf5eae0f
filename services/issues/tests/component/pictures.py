"""Pictures as phones send them."""

from io import BytesIO

from PIL import Image

WHERE = b"31.2304N-121.4737E"
"""What nobody may find in what is kept."""
_GPS, _MAKE, _ORIENTATION = 0x8825, 0x010F, 0x0112


def photograph(size: tuple[int, int] = (800, 600)) -> bytes:
    """A JPEG that says where it was taken and with what, lying on its side."""
    exif = Image.Exif()
    exif[_ORIENTATION], exif[_MAKE] = 6, WHERE.decode()
    exif.get_ifd(_GPS).update({1: "N", 2: (31.0, 13.0, 49.0), 3: "E", 4: (121.0, 28.0, 25.0)})
    written = BytesIO()
    Image.new("RGB", size, "red").save(written, "JPEG", exif=exif, comment=WHERE)
    return written.getvalue()


def opened(content: bytes) -> Image.Image:
    """A picture that was served."""
    return Image.open(BytesIO(content))
