"""What everybody may read: confirmed by a person, and checked once more for what gives one away."""

import re

from issues.domain.errors import PlaceTooLong, PublicTextInvalid, PublicTextRevealsPerson

MAX_PUBLIC_TEXT_LENGTH = 500
MAX_PLACE_LENGTH = 100

_PHONE = re.compile(r"(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")
_IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_DOOR = re.compile(
    r"(?<!\d)\d{1,3}[-－—#]\d{1,2}[-－—]\d{3,4}(?!\d)"
    r"|单元[ ,，]*\d{3,4}(?!\d)"
    r"|(?<!\d)\d{3,4}(?:室|户)"
)


def checked_public_text(text: str | None) -> str | None:
    """Return the text, trimmed, if everybody may read it; None stays None.

    Raises: PublicTextInvalid; PublicTextRevealsPerson.
    """
    if text is None:
        return None
    trimmed = text.strip()
    if not trimmed or len(trimmed) > MAX_PUBLIC_TEXT_LENGTH:
        raise PublicTextInvalid
    _refuse_what_gives_a_person_away(trimmed)
    return trimmed


def checked_place(place: str | None) -> str | None:
    """Return the place, trimmed; an empty one is none.

    A place is shown beside the public text, so it may not name a door either.

    Raises: PlaceTooLong; PublicTextRevealsPerson.
    """
    trimmed = (place or "").strip()
    if len(trimmed) > MAX_PLACE_LENGTH:
        raise PlaceTooLong
    _refuse_what_gives_a_person_away(trimmed)
    return trimmed or None


def _refuse_what_gives_a_person_away(text: str) -> None:
    half_width = text.translate(_HALF_WIDTH)
    if any(pattern.search(half_width) for pattern in (_PHONE, _IDENTITY_NUMBER, _DOOR)):
        raise PublicTextRevealsPerson


_HALF_WIDTH = {0xFF10 + digit: 0x30 + digit for digit in range(10)}
