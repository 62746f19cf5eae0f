"""Pictures of strangers, read by Pillow: what is kept is drawn anew, pixels and nothing else."""

import asyncio
import struct
import warnings
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from issues.application.photos.ports import Rendered
from issues.domain.photos.errors import PhotoNotAnImage, PhotoTooManyPixels

MAX_PIXELS = 40_000_000
MAX_PIXELS_READ_WHOLE = 12_500_000
"""Of a PNG or WebP picture, which cannot be read at a fraction of its size."""
FULL_SIDE = 2048
THUMBNAIL_SIDE = 320
_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 85
_AT_ONCE = 1
"""At its limit a picture takes 70 MB (JPEG), 130 MB (PNG) or 235 MB (WebP) while it is read; a JPEG
whose colours come one after another or ever finer is held whole: 270 MB, for a printer 350 MB."""

_BROKEN = (
    OSError,
    SyntaxError,  # what Pillow calls a broken PNG
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    struct.error,
    zlib.error,
    RuntimeError,
    MemoryError,  # what its decoders say of a size that cannot be
    ImageCms.PyCMSError,
)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class PillowPictures:
    """The port `Pictures`; one is drawn at a time in a process, the others wait."""

    def __init__(self) -> None:
        # what it says of the notes in strangers' pictures, which are not kept anyway
        warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="pictures")

    async def render(self, content: bytes) -> Rendered:
        """See the port."""
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, partial(rendered, content)
        )

    async def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def rendered(content: bytes) -> Rendered:
    """Draw a picture anew, upright, in sRGB, as JPEG.

    Raises: PhotoNotAnImage; PhotoTooManyPixels, before anything of that size is taken.
    """
    with _broken_is_no_image(), Image.open(BytesIO(content), formats=_FORMATS) as sent:
        limit = MAX_PIXELS if sent.format == "JPEG" else MAX_PIXELS_READ_WHOLE
        if sent.width * sent.height > limit:
            raise PhotoTooManyPixels
        full = _on_white(_in_srgb(_upright(_scaled(sent))))
        small = full.copy()
        small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
        return Rendered(
            full=_as_jpeg(full), thumbnail=_as_jpeg(small), width=full.width, height=full.height
        )


@contextmanager
def _broken_is_no_image() -> Iterator[None]:
    try:
        yield
    except _BOMBS as error:
        raise PhotoTooManyPixels from error
    except _BROKEN as error:
        raise PhotoNotAnImage from error


def _scaled(sent: Image.Image) -> Image.Image:
    """Bring it to size before anything else is made of it, so that it is whole in memory once."""
    sent.draft(None, (FULL_SIDE, FULL_SIDE))  # a JPEG is read at a fraction of its size
    picture = sent
    if sent.mode.startswith("I;16"):  # 16 bits of grey, of which a JPEG shows 8
        picture = sent.convert("I").point(lambda grey: grey / 256).convert("L")
    elif sent.mode in {"1", "P"}:  # what has no shades cannot be scaled
        picture = sent.convert("RGBA" if sent.has_transparency_data else "RGB")
    picture.thumbnail((FULL_SIDE, FULL_SIDE), Image.Resampling.LANCZOS)
    return picture


def _upright(picture: Image.Image) -> Image.Image:
    """Turn it as its EXIF orientation says; one that cannot be read turns nothing."""
    try:
        return ImageOps.exif_transpose(picture)
    except _BROKEN:
        return picture


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Bring its colours to sRGB; a profile that cannot be read is taken for sRGB."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "RGBA", "CMYK", "L"}:
        return picture
    target = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        converted = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode=target,
        )
    except _BROKEN:
        return picture
    return converted or picture


def _on_white(picture: Image.Image) -> Image.Image:
    """Copy the pixels onto a new picture, which knows nothing of where they were taken."""
    fresh = Image.new("RGB", picture.size, "white")
    if picture.has_transparency_data:
        opaque = picture.convert("RGBA")
        fresh.paste(opaque, mask=opaque.getchannel("A"))
    else:
        fresh.paste(picture.convert("RGB"))
    return fresh


def _as_jpeg(picture: Image.Image) -> bytes:
    written = BytesIO()
    picture.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue()
