"""What everybody may read: confirmed by a person, and checked once more for what gives one away."""

from redaction.redactor import reveals

from issues.domain.errors import PlaceTooLong, PublicTextInvalid, PublicTextRevealsPerson
from issues.domain.typed_text import typed_text

MAX_PUBLIC_TEXT_LENGTH = 500
MAX_PLACE_LENGTH = 100


def checked_public_text(text: str | None) -> str | None:
    """Return the text, trimmed, if everybody may read it; None stays None.

    Raises: PublicTextInvalid; PublicTextRevealsPerson.
    """
    if text is None:
        return None
    trimmed = typed_text(text)
    if not trimmed or len(trimmed) > MAX_PUBLIC_TEXT_LENGTH:
        raise PublicTextInvalid
    if reveals(trimmed):
        raise PublicTextRevealsPerson
    return trimmed


def checked_place(place: str | None) -> str | None:
    """Return the place, trimmed; an empty one is none.

    A place is shown beside the public text, so it may not name a door either.

    Raises: PlaceTooLong; PublicTextRevealsPerson.
    """
    trimmed = typed_text(place or "")
    if len(trimmed) > MAX_PLACE_LENGTH:
        raise PlaceTooLong
    if reveals(trimmed):
        raise PublicTextRevealsPerson
    return trimmed or None
