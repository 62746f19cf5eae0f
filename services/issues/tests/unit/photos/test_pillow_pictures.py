"""What is kept of a picture: its pixels, upright, in sRGB; and what is no picture is named."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from issues.adapters.photos.pillow_pictures import (
    FULL_SIDE,
    MAX_PIXELS,
    MAX_PIXELS_READ_WHOLE,
    THUMBNAIL_SIDE,
    PillowPictures,
    rendered,
)
from issues.domain.photos.errors import PhotoNotAnImage, PhotoTooManyPixels
from PIL import Image

from .drawn import SECRET, encoded, opened, picture, png_that_says, webp_that_says, with_gps


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_kind_becomes_a_jpeg_of_its_size(kind: str) -> None:
    kept = rendered(encoded(picture((640, 480)), kind))
    for content, size in ((kept.full, (640, 480)), (kept.thumbnail, (320, 240))):
        drawn = opened(content)
        assert (drawn.format, drawn.mode, drawn.size) == ("JPEG", "RGB", size)
    assert (kept.width, kept.height) == (640, 480)


def test_nothing_but_pixels_is_kept() -> None:
    sent = with_gps()
    assert SECRET in sent
    kept = rendered(sent)
    for content in (kept.full, kept.thumbnail):
        assert SECRET not in content
        drawn = opened(content)
        assert not drawn.getexif()
        assert set(drawn.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_what_hangs_behind_a_picture_is_not_kept() -> None:
    kept = rendered(encoded(picture()) + b"PK\x03\x04" + SECRET)
    assert SECRET not in kept.full + kept.thumbnail
    assert opened(kept.full).size == (64, 48)


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (64, 48), (4, 24)),
        (3, (64, 48), (60, 24)),
        (6, (48, 64), (24, 4)),
        (8, (48, 64), (24, 60)),
    ],
)
def test_a_picture_is_turned_upright(
    orientation: int, size: tuple[int, int], red_at: tuple[int, int]
) -> None:
    drawn = opened(rendered(with_gps(orientation=orientation)).full)
    assert drawn.size == size
    red, _, blue = _pixel(drawn, red_at)
    assert red > 200
    assert blue < 60


@pytest.mark.parametrize(
    ("size", "full"), [((5000, 100), (2048, 41)), ((100, 5000), (41, 2048)), ((2048, 2048), None)]
)
def test_no_side_is_longer_than_is_shown(
    size: tuple[int, int], full: tuple[int, int] | None
) -> None:
    kept = rendered(encoded(picture(size), "PNG"))
    assert (kept.width, kept.height) == (full or size)
    assert max(opened(kept.full).size) == FULL_SIDE
    assert max(opened(kept.thumbnail).size) == THUMBNAIL_SIDE


def test_what_can_be_seen_through_lies_on_white() -> None:
    drawn = opened(rendered(encoded(Image.new("RGBA", (32, 32), (255, 0, 0, 0)), "PNG")).full)
    assert _pixel(drawn, (16, 16)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_mode_of_a_png_is_read(mode: str) -> None:
    assert opened(rendered(encoded(picture(mode=mode), "PNG")).full).mode == "RGB"


def test_the_colours_of_a_printer_are_read() -> None:
    red, _, blue = _pixel(opened(rendered(encoded(picture(mode="CMYK"))).full), (4, 24))
    assert red > 200
    assert blue < 60


def test_deep_grey_stays_grey() -> None:
    deep = Image.new("I;16", (16, 16), 128 * 256)
    assert _pixel(opened(rendered(encoded(deep, "PNG")).full), (8, 8)) == (128, 128, 128)


def test_a_broken_profile_is_taken_for_srgb() -> None:
    kept = rendered(encoded(picture(), icc_profile=b"no profile" * 20))
    assert "icc_profile" not in opened(kept.full).info


def test_of_a_moving_picture_the_first_is_kept() -> None:
    moving = encoded(picture(), "WEBP", save_all=True, append_images=[Image.new("RGB", (64, 48))])
    assert getattr(opened(moving), "n_frames", 1) == 2
    assert _pixel(opened(rendered(moving).full), (4, 24))[0] > 200


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        "一张照片".encode(),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7\n" + bytes(100),
        b"PK\x03\x04" + bytes(100),
        b"\xff\xd8\xff" + bytes(100),
        encoded(picture(), "GIF"),
        encoded(picture(), "BMP"),
        encoded(picture(), "TIFF"),
    ],
    ids=["empty", "byte", "text", "svg", "pdf", "zip", "start", "gif", "bmp", "tiff"],
)
def test_what_is_no_such_picture_is_named(content: bytes) -> None:
    with pytest.raises(PhotoNotAnImage):
        rendered(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_picture_that_breaks_off_is_named(kind: str, share: float) -> None:
    whole = encoded(Image.effect_noise((200, 200), 80).convert("RGB"), kind)
    with pytest.raises(PhotoNotAnImage):
        rendered(whole[: int(len(whole) * share)])


@pytest.mark.parametrize(
    "content",
    [
        png_that_says(20_000, 20_000),
        png_that_says(4_000, 3_126),
        png_that_says(10_000, 9_000),
        webp_that_says(16_000, 16_000),
    ],
    ids=["huge png", "png just over", "png over a warning", "huge webp"],
)
def test_a_bomb_is_named_before_it_is_read(content: bytes) -> None:
    assert len(content) < 2_000
    with pytest.raises(PhotoTooManyPixels):
        rendered(content)


def test_a_real_picture_of_too_many_pixels_is_named() -> None:
    content = encoded(Image.new("RGB", (4_000, 3_126)), "WEBP", lossless=True, method=0)
    assert len(content) < 20_000
    with pytest.raises(PhotoTooManyPixels):
        rendered(content)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_is_read_whole_has_fewer_pixels(kind: str) -> None:
    largest = (4_000, MAX_PIXELS_READ_WHOLE // 4_000)
    options = {"lossless": True, "method": 0} if kind == "WEBP" else {}
    assert rendered(encoded(Image.new("L", largest), kind, **options)).width == 2048
    over = encoded(Image.new("L", (largest[0], largest[1] + 1)), kind, **options)
    with pytest.raises(PhotoTooManyPixels):
        rendered(over)


def test_as_many_pixels_as_are_allowed_are_read() -> None:
    size = (8_000, 5_000)
    assert size[0] * size[1] == MAX_PIXELS
    kept = rendered(encoded(Image.new("RGB", size, "red")))
    assert (kept.width, kept.height) == (2048, 1280)


@pytest.mark.filterwarnings("ignore::UserWarning")  # of broken notes in pictures
@settings(max_examples=150, deadline=None)
@given(
    kind=st.sampled_from(["JPEG", "PNG", "WEBP"]),
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=12),
)
def test_a_damaged_picture_is_kept_or_named(kind: str, flips: list[tuple[float, int]]) -> None:
    damaged = bytearray(with_gps() if kind == "JPEG" else encoded(picture(), kind))
    for place, value in flips:
        damaged[int(place * len(damaged))] = value
    try:
        kept = rendered(bytes(damaged))
    except (PhotoNotAnImage, PhotoTooManyPixels):
        return
    assert opened(kept.full).format == "JPEG"
    assert SECRET not in kept.full


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=200), st.sampled_from([b"", b"\xff\xd8\xff\xe0", b"RIFF\0\0\0\0WEBPVP8 "])
)
def test_any_bytes_are_named(content: bytes, beginning: bytes) -> None:
    with pytest.raises(PhotoNotAnImage):
        rendered(beginning + content)


async def test_many_at_once_are_drawn_in_turn() -> None:
    pictures = PillowPictures()
    sent = encoded(picture((400, 300)))
    kept = await asyncio.gather(*(pictures.render(sent) for _ in range(6)))
    await pictures.close()
    assert {each.full for each in kept} == {kept[0].full}


def _pixel(drawn: Image.Image, at: tuple[int, int]) -> tuple[int, int, int]:
    found = drawn.getpixel(at)
    assert isinstance(found, tuple)
    red, green, blue = found
    return int(red), int(green), int(blue)
