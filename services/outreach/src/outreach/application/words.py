"""What was written, with its redacted form and its mark."""

from redaction.redactor import redact

from outreach.application.ports import Identities
from outreach.domain.comments import Words


def words_of(text: str, identities: Identities) -> Words:
    """Prepare a text for being kept."""
    return Words(text=text, redacted_text=redact(text), text_mark=identities.text_mark(text))
