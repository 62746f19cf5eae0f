"""What is written about teams."""

import unicodedata

from residents.domain.teams.errors import ReasonMissing

_REASON_LENGTH = 200


def checked_reason(typed: str) -> str:
    """A reason as it will be kept. Raises: ReasonMissing."""
    reason = unicodedata.normalize("NFC", typed).strip()
    if not 1 <= len(reason) <= _REASON_LENGTH:
        raise ReasonMissing
    return reason
