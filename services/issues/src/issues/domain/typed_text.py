"""What a person typed, without what nobody can see or type."""

import unicodedata

_KEPT = "\n\t"


def typed_text(text: str) -> str:
    """Return the text trimmed and without control characters, except line ends and tabs."""
    visible = (char for char in text if char in _KEPT or unicodedata.category(char) != "Cc")
    return "".join(visible).strip()
