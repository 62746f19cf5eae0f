"""What happened to an issue, one entry each: facts, and never a word that somebody typed."""

from datetime import UTC, date, datetime
from enum import StrEnum

import msgspec

from issues.domain.clocks import ClockKind
from issues.domain.handling.decisions import ConfirmedHow
from issues.domain.handling.party import PartyKind


class EntryKind(StrEnum):
    """What happened."""

    REPORTED = "reported"
    ACKNOWLEDGED = "acknowledged"
    TRIAGED = "triaged"
    HAZARD_CONFIRMED = "hazard_confirmed"
    HAZARD_DECLINED = "hazard_declined"
    ASSIGNED = "assigned"
    STARTED = "started"
    WAITING = "waiting"
    RESUMED = "resumed"
    ESCALATED = "escalated"
    ROUND_RECORDED = "round_recorded"
    PROMISE_KEPT = "promise_kept"
    PROMISE_LATE = "promise_late"
    PROMISE_BROKEN = "promise_broken"
    RESOLVED = "resolved"
    CONFIRMED = "confirmed"
    REOPENED = "reopened"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    REPORTER_JOINED = "reporter_joined"
    SLA_AT_RISK = "sla_at_risk"
    SLA_BREACHED = "sla_breached"


_PRIVATE = frozenset(
    {
        EntryKind.HAZARD_CONFIRMED,
        EntryKind.HAZARD_DECLINED,
        EntryKind.REPORTER_JOINED,
        EntryKind.SLA_AT_RISK,
        EntryKind.SLA_BREACHED,
    }
)


class EntryFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What belongs to some kinds of entries.

    Attributes:
        round: the number of a round of coordination, from 1.
        party_kind: with whom it was coordinated, or to whom it was escalated.
        promise_due_on: a day in China.
        rating: 1 to 5.
    """

    round: int | None = None
    party_kind: PartyKind | None = None
    promise_due_on: date | None = None
    photo_count: int | None = None
    rating: int | None = None
    how: ConfirmedHow | None = None
    clock: ClockKind | None = None


class TimelineEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened; never changed.

    Attributes:
        event_sequence: the number of the issue's event that told of it.
        public: whether everybody who may see the issue may read it.
    """

    id: str
    community_id: str
    issue_id: str
    kind: EntryKind
    at: datetime
    event_sequence: int
    public: bool
    facts: EntryFacts
    version: int = 0


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """What an event tells of an issue."""

    issue_id: str
    kind: EntryKind
    at: datetime
    facts: EntryFacts = EntryFacts()

    @property
    def identity(self) -> tuple[str, ...]:
        """What it is told by again: the same happening is one entry, however often it is told.

        A moment counts to the millisecond, as the store keeps it.
        """
        moment = self.at.astimezone(UTC).isoformat(timespec="milliseconds")
        return (self.issue_id, self.kind, moment, str(self.facts.round), str(self.facts.clock))


def entry_of(
    happening: Happening, *, entry_id: str, community_id: str, sequence: int
) -> TimelineEntry:
    """Make the entry of what happened."""
    return TimelineEntry(
        id=entry_id,
        community_id=community_id,
        issue_id=happening.issue_id,
        kind=happening.kind,
        at=happening.at,
        event_sequence=sequence,
        public=_is_public(happening),
        facts=happening.facts,
    )


def _is_public(happening: Happening) -> bool:
    """What was said to a neighbour is private: beside the public text, people know who that is."""
    if happening.facts.party_kind is PartyKind.NEIGHBOUR:
        return False
    return happening.kind not in _PRIVATE
