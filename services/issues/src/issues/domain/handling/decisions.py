"""What people decided while a matter was handled, each with who and when."""

from datetime import datetime
from enum import StrEnum

import msgspec

from issues.domain.handling.party import PartyKind


class Assignment(msgspec.Struct, frozen=True, kw_only=True):
    """Who is to work on it."""

    assignee_ids: tuple[str, ...]
    assigned_at: datetime
    assigned_by: str


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A time in which an outside party has to move first; the handling clock rests.

    Attributes:
        until: when it ends at the latest.
        ended_at: when it ended; None while it lasts.
        ended_by: who ended it before its time; None where it ran out.
    """

    party_kind: PartyKind
    reason: str
    started_at: datetime
    started_by: str
    until: datetime
    ended_at: datetime | None = None
    ended_by: str | None = None


class Resolution(msgspec.Struct, frozen=True, kw_only=True):
    """The work is done, and this proves it; the note may be read by everybody.

    `in_time` is whether the handling clock had time left, and always had.
    """

    note: str
    photo_ids: tuple[str, ...]
    in_time: bool
    resolved_at: datetime
    resolved_by: str


class ConfirmedHow(StrEnum):
    """On whose word an issue is settled; the three are counted apart."""

    REPORTER = "reporter"
    ON_BEHALF = "on_behalf"
    SILENCE = "silence"


class Via(StrEnum):
    """How the staff asked the reporter."""

    PHONE = "phone"
    VISIT = "visit"


class Confirmation(msgspec.Struct, frozen=True, kw_only=True):
    """The matter is settled. The comment is private; nobody rates by silence."""

    how: ConfirmedHow
    rating: int | None = None
    comment: str | None = None
    via: Via | None = None
    confirmed_at: datetime
    confirmed_by: str | None = None


class Reopening(msgspec.Struct, frozen=True, kw_only=True):
    """It was not settled after all; the reason is private.

    `confirmation` is what had been said before, kept because it was said.
    """

    reason: str
    by_reporter: bool
    reopened_at: datetime
    reopened_by: str
    confirmation: Confirmation | None = None


class Escalation(msgspec.Struct, frozen=True, kw_only=True):
    """Another level has to solve it, and why; the reason is private."""

    from_level: str
    to_level: str
    reason: str
    escalated_at: datetime
    escalated_by: str


class Rejection(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing will be done; everybody may read why."""

    reason: str
    rejected_at: datetime
    rejected_by: str


class Duplication(msgspec.Struct, frozen=True, kw_only=True):
    """It is the same matter as another issue, which goes on."""

    original_id: str
    marked_at: datetime
    marked_by: str
