"""What was written, with its redacted form and its mark."""

from outreach.application.ports import Identities
from outreach.domain.comments import Words
from outreach.domain.redactor import redact


def words_of(text: str, identities: Identities) -> Words:
    """Prepare a text for being kept."""
    return Words(text=text, redacted_text=redact(text), text_mark=identities.text_mark(text))
