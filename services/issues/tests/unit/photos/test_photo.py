"""A photo has at most one picture, whatever is tried on it in whatever order."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from issues.domain.photos.errors import PhotoRefused
from issues.domain.photos.photo import (
    Photo,
    PhotoState,
    Picture,
    Refusal,
    request_photo,
)

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ASKED = request_photo(
    "photo_1", community_id="community_1", issue_id="issue_1", by="account_1", at=NINE
)


def kept_with(sha256: str) -> Callable[[Photo, datetime], Photo]:
    """The latest upload names its files."""

    def keep(photo: Photo, at: datetime) -> Photo:
        picture = Picture(
            width=4,
            height=3,
            size_bytes=9,
            sha256=sha256,
            attempt=max(photo.attempts, 1),
            uploaded_at=at,
        )
        return photo.keep(picture)[0]

    return keep


STEPS: dict[str, Callable[[Photo, datetime], Photo]] = {
    "begin": lambda photo, at: photo.begin(at)[0],
    "keep a": kept_with("aa"),
    "keep b": kept_with("bb"),
    "refuse": lambda photo, _: photo.refuse(Refusal.NOT_AN_IMAGE)[0],
    "lapse": lambda photo, _: photo.refuse(Refusal.LAPSED)[0],
    "clear": lambda photo, _: photo.cleared()[0],
}


@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 300)), max_size=15))
def test_a_photo_is_kept_once_or_refused_for_good(steps: list[tuple[str, int]]) -> None:
    photo, at = ASKED, NINE
    for name, seconds in steps:
        at += timedelta(seconds=seconds)
        before = photo
        try:
            photo = STEPS[name](photo, at)
        except PhotoRefused:
            assert photo == before
        assert (photo.picture is not None) == (photo.state is PhotoState.KEPT)
        assert (photo.refusal is not None) == (photo.state is PhotoState.REFUSED)
        if before.state is not PhotoState.AWAITING:
            assert (photo.state, photo.picture, photo.refusal) == (
                before.state,
                before.picture,
                before.refusal,
            )
        assert 0 <= photo.attempts <= 5
        assert photo.picture is None or photo.picture.attempt not in photo.left_over


@given(st.integers(0, 3600))
def test_nothing_is_begun_beyond_ten_minutes(seconds: int) -> None:
    try:
        ASKED.begin(NINE + timedelta(seconds=seconds))
    except PhotoRefused:
        assert seconds >= 600
    else:
        assert seconds < 600
