"""What the events of this service's own topic tell of an issue's history."""

from collections.abc import Callable
from datetime import date, datetime
from typing import ClassVar, TypeVar

import msgspec

from issues.domain.clocks import ClockKind
from issues.domain.handling.decisions import ConfirmedHow
from issues.domain.handling.party import PartyKind
from issues.domain.handling.rounds import PromiseOutcome
from issues.domain.issue import Change, Level
from issues.domain.timeline.entry import EntryFacts, EntryKind, Happening


class IssueReported(msgspec.Struct, frozen=True):
    """An issue is there."""

    type: ClassVar[str] = "issue.reported.v1"
    issue_id: str
    reported_at: datetime


class IssueAcknowledged(msgspec.Struct, frozen=True):
    """Somebody has taken notice."""

    type: ClassVar[str] = "issue.acknowledged.v1"
    issue_id: str
    acknowledged_at: datetime


class IssueAssigned(msgspec.Struct, frozen=True):
    """Somebody is to work on it."""

    type: ClassVar[str] = "issue.assigned.v1"
    issue_id: str
    assigned_at: datetime


class IssueUpdated(msgspec.Struct, frozen=True):
    """It is no longer as it was."""

    type: ClassVar[str] = "issue.updated.v1"
    issue_id: str
    change: Change
    level: Level
    updated_at: datetime


class CoordinationRecorded(msgspec.Struct, frozen=True):
    """A round was recorded, or what became of its promise."""

    type: ClassVar[str] = "coordination.recorded.v1"
    issue_id: str
    round: int
    party_kind: PartyKind
    promise_due_on: date | None
    outcome: PromiseOutcome | None
    recorded_at: datetime


class IssueResolved(msgspec.Struct, frozen=True):
    """The work is done."""

    type: ClassVar[str] = "issue.resolved.v1"
    issue_id: str
    photo_count: int
    resolved_at: datetime


class IssueConfirmed(msgspec.Struct, frozen=True):
    """It is settled."""

    type: ClassVar[str] = "issue.confirmed.v1"
    issue_id: str
    how: ConfirmedHow
    rating: int | None
    confirmed_at: datetime


class IssueReopened(msgspec.Struct, frozen=True):
    """It goes back to work."""

    type: ClassVar[str] = "issue.reopened.v1"
    issue_id: str
    reopened_at: datetime


class IssueSlaAtRisk(msgspec.Struct, frozen=True):
    """Time is short."""

    type: ClassVar[str] = "issue.sla_at_risk.v1"
    issue_id: str
    clock: ClockKind
    noticed_at: datetime


class IssueSlaBreached(msgspec.Struct, frozen=True):
    """Time has run out."""

    type: ClassVar[str] = "issue.sla_breached.v1"
    issue_id: str
    clock: ClockKind
    noticed_at: datetime


E = TypeVar("E")
Telling = Callable[[E], Happening]

_LEVEL_PARTIES = {Level.SUB_DISTRICT: PartyKind.SUB_DISTRICT, Level.DISTRICT: PartyKind.DISTRICT}
_OUTCOMES = {
    None: EntryKind.ROUND_RECORDED,
    PromiseOutcome.KEPT: EntryKind.PROMISE_KEPT,
    PromiseOutcome.LATE: EntryKind.PROMISE_LATE,
    PromiseOutcome.BROKEN: EntryKind.PROMISE_BROKEN,
}


def of_report(told: IssueReported) -> Happening:
    """The issue is there."""
    return Happening(issue_id=told.issue_id, kind=EntryKind.REPORTED, at=told.reported_at)


def of_acknowledgement(told: IssueAcknowledged) -> Happening:
    """Notice was taken."""
    return Happening(issue_id=told.issue_id, kind=EntryKind.ACKNOWLEDGED, at=told.acknowledged_at)


def of_assignment(told: IssueAssigned) -> Happening:
    """Somebody is to work on it; who is in no entry."""
    return Happening(issue_id=told.issue_id, kind=EntryKind.ASSIGNED, at=told.assigned_at)


def of_update(told: IssueUpdated) -> Happening:
    """What one word says; an escalation says to whom."""
    kind = EntryKind(told.change.value)
    party = _LEVEL_PARTIES.get(told.level) if kind is EntryKind.ESCALATED else None
    return Happening(
        issue_id=told.issue_id, kind=kind, at=told.updated_at, facts=EntryFacts(party_kind=party)
    )


def of_round(told: CoordinationRecorded) -> Happening:
    """A round, or what became of its promise."""
    return Happening(
        issue_id=told.issue_id,
        kind=_OUTCOMES[told.outcome],
        at=told.recorded_at,
        facts=EntryFacts(
            round=told.round, party_kind=told.party_kind, promise_due_on=told.promise_due_on
        ),
    )


def of_resolution(told: IssueResolved) -> Happening:
    """The work is done."""
    return Happening(
        issue_id=told.issue_id,
        kind=EntryKind.RESOLVED,
        at=told.resolved_at,
        facts=EntryFacts(photo_count=told.photo_count),
    )


def of_confirmation(told: IssueConfirmed) -> Happening:
    """It is settled."""
    return Happening(
        issue_id=told.issue_id,
        kind=EntryKind.CONFIRMED,
        at=told.confirmed_at,
        facts=EntryFacts(how=told.how, rating=told.rating),
    )


def of_reopening(told: IssueReopened) -> Happening:
    """It goes back to work."""
    return Happening(issue_id=told.issue_id, kind=EntryKind.REOPENED, at=told.reopened_at)


def of_risk(told: IssueSlaAtRisk) -> Happening:
    """Time is short."""
    return _of_clock(EntryKind.SLA_AT_RISK, told)


def of_breach(told: IssueSlaBreached) -> Happening:
    """Time has run out."""
    return _of_clock(EntryKind.SLA_BREACHED, told)


def _of_clock(kind: EntryKind, told: IssueSlaAtRisk | IssueSlaBreached) -> Happening:
    return Happening(
        issue_id=told.issue_id,
        kind=kind,
        at=told.noticed_at,
        facts=EntryFacts(clock=told.clock),
    )
