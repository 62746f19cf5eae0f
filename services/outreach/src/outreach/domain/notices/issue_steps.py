"""What has happened to an issue, kept for those who come to follow it later."""

from datetime import datetime

import msgspec

from outreach.domain.notices.words import Words


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """What an event tells of an issue or a voucher.

    Attributes:
        subject_id: the issue or the voucher.
        sequence: of the event, to tell apart what happened at one moment.
        detail: what tells it from another of its kind at the same moment.
        by: the account that did it, where people are told of what one of them did.
    """

    subject_id: str
    words: Words
    happened_at: datetime
    sequence: int
    detail: str = ""
    by: str | None = None


class IssueStep(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened to an issue; never changed.

    Attributes:
        id: derived from what happened, so that a fact told again is the same step.
    """

    id: str
    community_id: str
    version: int = 0
    issue_id: str
    happening: Happening

    @property
    def happened_at(self) -> datetime:
        """When it happened."""
        return self.happening.happened_at
