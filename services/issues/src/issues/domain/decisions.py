"""What a person or a rule decided about an intake."""

from datetime import datetime
from enum import StrEnum

import msgspec


class DismissalReason(StrEnum):
    """Why no issue is made of a comment. A word, not a sentence: it travels in events."""

    ANSWERED = "answered"
    PRAISE = "praise"
    OPINION = "opinion"
    SPAM = "spam"
    DUPLICATE = "duplicate"
    NOT_OURS = "not_ours"
    WITHDRAWN = "withdrawn"


class Acceptance(msgspec.Struct, frozen=True, kw_only=True):
    """The decision that it is an issue; by an account, or by the hazard rule `rule_id`.

    `redacted_text` is what was decided on: a later edit of the comment does not change it.
    """

    issue_id: str
    redacted_text: str
    category: str
    hazard: bool
    accepted_at: datetime
    accepted_by: str | None = None
    rule_id: str | None = None
    public_text: str | None = None


class Dismissal(msgspec.Struct, frozen=True, kw_only=True):
    """The decision that it is none."""

    reason: DismissalReason
    dismissed_by: str
    dismissed_at: datetime
