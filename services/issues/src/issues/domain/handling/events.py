"""What this service tells of the handling. Fields are the facts after the change."""

from datetime import date, datetime
from typing import ClassVar

from issues.domain.events import Event


class IssueAssigned(Event, frozen=True, kw_only=True):
    """Somebody is to work on an issue; all of them, told again when that changes."""

    type: ClassVar[str] = "issue.assigned.v1"
    issue_id: str
    assignee_account_ids: tuple[str, ...]
    assigned_at: datetime
    assigned_by: str


class CoordinationRecorded(Event, frozen=True, kw_only=True):
    """A round was recorded, or what became of its promise."""

    type: ClassVar[str] = "coordination.recorded.v1"
    issue_id: str
    round: int
    party_kind: str
    promise_due_on: date | None
    outcome: str | None
    recorded_at: datetime
    recorded_by: str


class IssueResolved(Event, frozen=True, kw_only=True):
    """The work is done, with proof."""

    type: ClassVar[str] = "issue.resolved.v1"
    issue_id: str
    photo_count: int
    resolved_at: datetime
    resolved_by: str


class IssueConfirmed(Event, frozen=True, kw_only=True):
    """The matter is settled; `how` says on whose word."""

    type: ClassVar[str] = "issue.confirmed.v1"
    issue_id: str
    how: str
    rating: int | None
    reporter_account_id: str | None
    reporter_person_key: str | None
    confirmed_at: datetime
    confirmed_by: str | None


class IssueReopened(Event, frozen=True, kw_only=True):
    """The matter goes back to work."""

    type: ClassVar[str] = "issue.reopened.v1"
    issue_id: str
    reopened_at: datetime
    reopened_by: str


class IssueSlaAtRisk(Event, frozen=True, kw_only=True):
    """Four fifths of the time are gone; once a promised time."""

    type: ClassVar[str] = "issue.sla_at_risk.v1"
    issue_id: str
    clock: str
    due_at: datetime
    noticed_at: datetime


class IssueSlaBreached(Event, frozen=True, kw_only=True):
    """The time has run out; once a promised time."""

    type: ClassVar[str] = "issue.sla_breached.v1"
    issue_id: str
    clock: str
    due_at: datetime
    noticed_at: datetime
