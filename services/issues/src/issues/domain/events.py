"""What this service tells the others. Fields are the facts after the change."""

from datetime import datetime
from typing import ClassVar

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A fact of one community."""

    type: ClassVar[str]
    community_id: str


class IntakeAccepted(Event, frozen=True, kw_only=True):
    """A comment has become an issue; `accepted_by` is an account id or `rule:<rule id>`."""

    type: ClassVar[str] = "intake.accepted.v1"
    intake_id: str
    comment_id: str
    issue_id: str
    category: str
    hazard: bool
    redacted_text: str
    person_key: str
    received_at: datetime
    accepted_at: datetime
    accepted_by: str


class IntakeDismissed(Event, frozen=True, kw_only=True):
    """A comment was closed without an issue."""

    type: ClassVar[str] = "intake.dismissed.v1"
    intake_id: str
    comment_id: str
    reason: str
    dismissed_at: datetime
    dismissed_by: str


class HazardFound(Event, frozen=True, kw_only=True):
    """Somebody may be in danger; `rule_id` is None where a person says so."""

    type: ClassVar[str] = "hazard.found.v1"
    issue_id: str
    intake_id: str
    rule_id: str | None
    found_at: datetime


class IssueReported(Event, frozen=True, kw_only=True):
    """An issue is there."""

    type: ClassVar[str] = "issue.reported.v1"
    issue_id: str
    intake_id: str
    source: str
    category: str
    hazard: bool
    level: str
    person_key: str
    reported_at: datetime


class IssueAcknowledged(Event, frozen=True, kw_only=True):
    """Somebody of the staff has taken notice."""

    type: ClassVar[str] = "issue.acknowledged.v1"
    issue_id: str
    acknowledged_at: datetime
    acknowledged_by: str


class IssueUpdated(Event, frozen=True, kw_only=True):
    """An issue is no longer as it was; `change` says in one word what happened."""

    type: ClassVar[str] = "issue.updated.v1"
    issue_id: str
    state: str
    category: str
    hazard: bool
    level: str
    updated_at: datetime
    change: str
