"""The photo of the repair is one that a telephone could have taken."""

import io
from datetime import UTC, datetime

from demo_community.repair_photo import repair_photo
from PIL import Image

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
GPS = 0x8825


def test_the_photo_tells_where_it_was_taken() -> None:
    photo = Image.open(io.BytesIO(repair_photo(NINE)))

    assert (photo.format, photo.size) == ("JPEG", (1600, 1200))
    assert photo.getexif().get_ifd(GPS)


def test_the_same_moment_makes_the_same_photo_and_another_moment_another() -> None:
    assert repair_photo(NINE) == repair_photo(NINE)
    assert repair_photo(NINE) != repair_photo(NINE.replace(second=1))
