"""What is kept beside a matter in clear, and so may point at nobody."""

from redaction.redactor import reveals

from issues.domain.handling.errors import PartyInvalid, TextInvalid, TextRevealsPerson
from issues.domain.typed_text import typed_text

MAX_TEXT_LENGTH = 500
MAX_PARTY_LENGTH = 60


def checked_text(text: str) -> str:
    """Return the text, trimmed. Raises: TextInvalid; TextRevealsPerson."""
    trimmed = typed_text(text)
    if not trimmed or len(trimmed) > MAX_TEXT_LENGTH:
        raise TextInvalid
    return _without_person(trimmed)


def checked_party(party: str) -> str:
    """Return the name of a party, trimmed. Raises: PartyInvalid; TextRevealsPerson."""
    trimmed = typed_text(party)
    if not trimmed or len(trimmed) > MAX_PARTY_LENGTH:
        raise PartyInvalid
    return _without_person(trimmed)


def _without_person(text: str) -> str:
    if reveals(text):
        raise TextRevealsPerson
    return text
