"""A matter that somebody works on, and how notice is taken of it.

What follows is in `domain.handling`, one subject a file, as functions of the issue.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from issues.domain import events
from issues.domain.categories import category_of
from issues.domain.clocks import Clock, ClockKind, start_clock
from issues.domain.errors import IssueAlreadyAcknowledged
from issues.domain.handling.decisions import (
    Assignment,
    Confirmation,
    Duplication,
    Escalation,
    Rejection,
    Reopening,
    Resolution,
    Waiting,
)
from issues.domain.handling.errors import IssueClosed
from issues.domain.handling.rounds import CoordinationRound
from issues.domain.hazard import Hazard, hazard_at_start
from issues.domain.intake import Intake, IntakeSource
from issues.domain.reporter import Reporter

SILENCE = timedelta(days=7)
"""After how long a resolved issue that nobody objects to is settled."""


class IssueState(StrEnum):
    """Where it stands."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    TRIAGED = "triaged"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING_EXTERNAL = "waiting_external"
    RESOLVED = "resolved"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    REOPENED = "reopened"


OPEN_STATES = (
    IssueState.NEW,
    IssueState.ACKNOWLEDGED,
    IssueState.TRIAGED,
    IssueState.ASSIGNED,
    IssueState.IN_PROGRESS,
    IssueState.WAITING_EXTERNAL,
    IssueState.REOPENED,
)

DONE_STATES = (IssueState.RESOLVED, IssueState.CONFIRMED)


class Level(StrEnum):
    """Who can solve it, from the lowest up."""

    COMMUNITY = "community"
    SUB_DISTRICT = "sub_district"
    DISTRICT = "district"


class Change(StrEnum):
    """What an `issue.updated` is about."""

    TRIAGED = "triaged"
    HAZARD_CONFIRMED = "hazard_confirmed"
    HAZARD_DECLINED = "hazard_declined"
    STARTED = "started"
    WAITING = "waiting"
    RESUMED = "resumed"
    ESCALATED = "escalated"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    REPORTER_JOINED = "reporter_joined"


PRIVATE_CHANGES = frozenset(
    {Change.HAZARD_CONFIRMED, Change.HAZARD_DECLINED, Change.REPORTER_JOINED}
)
"""What the public side does not show, and so shows no trace of."""


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """One matter, from one intake.

    `redacted_text` is what the comment said when the issue was made; `public_text` is what
    everybody may read, confirmed by the person `public_text_by`.

    Attributes:
        published_at: when a person first confirmed what everybody may read.
        reporter: the account of who reported it, once that is known.
        handlers: everybody who ever worked on it or was to; none of them rates it.
        started_at: when somebody was on the spot for the first time.
        rounds: numbered from 1 without gaps.
        waitings: the last one may still last.
        resolution: what proved the work, the last time that it was done.
        reopenings: how often it went back to work; `reopening` is the last time.
        judged_at: from when on it counts as handled in time or not: once it is done, or once its
            time has run out; None where there was nothing to do.
        publicly_changed_at: when something last happened to it that everybody may know.
        last_change_at: when `last_change` happened; other things may have since.
        watch_at: when time itself will do something to it next: a clock, a pause, a silence.
        due_at: when the first of its running clocks runs out; None where none runs.
        at_risk_at: when the first of them is short of time, a rest over.
    """

    id: str
    community_id: str
    intake_id: str
    comment_id: str
    source: IntakeSource
    person_key: str
    redacted_text: str
    reported_at: datetime
    category: str
    hazard: Hazard
    handling: Clock
    state: IssueState = IssueState.NEW
    level: Level = Level.COMMUNITY
    place: str | None = None
    public_text: str | None = None
    public_text_by: str | None = None
    published_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    reporter: Reporter | None = None
    assignment: Assignment | None = None
    handlers: tuple[str, ...] = ()
    started_at: datetime | None = None
    started_by: str | None = None
    rounds: tuple[CoordinationRound, ...] = ()
    waitings: tuple[Waiting, ...] = ()
    escalation: Escalation | None = None
    resolution: Resolution | None = None
    confirmation: Confirmation | None = None
    reopening: Reopening | None = None
    reopenings: int = 0
    rejection: Rejection | None = None
    duplication: Duplication | None = None
    last_change: Change | None = None
    last_change_at: datetime | None = None
    updated_at: datetime
    publicly_changed_at: datetime | None = None
    judged_at: datetime | None = None
    watch_at: datetime | None = None
    due_at: datetime | None = None
    at_risk_at: datetime | None = None
    version: int = 0

    def acknowledge(self, *, by: str, at: datetime) -> tuple["Issue", Sequence[events.Event]]:
        """Take notice of it.

        Raises: IssueAlreadyAcknowledged.
        Emits: issue.acknowledged v1.
        """
        if self.state != IssueState.NEW:
            raise IssueAlreadyAcknowledged
        acknowledged = msgspec.structs.replace(
            self,
            state=IssueState.ACKNOWLEDGED,
            acknowledged_at=at,
            acknowledged_by=by,
        ).as_of(at)
        return acknowledged, acknowledged.acknowledgement()

    def confirm_hazard(self, *, by: str, at: datetime) -> tuple["Issue", Sequence[events.Event]]:
        """Say that there is danger. One not proposed before is found at this moment.

        Raises: IssueClosed; HazardAlreadyConfirmed.
        Emits: hazard.found v1 where it was not raised; issue.updated v1.
        """
        if not self.is_open:
            raise IssueClosed
        hazard = self.hazard.confirm(by=by, at=at)
        if self.state == IssueState.IN_PROGRESS:
            hazard = hazard.somebody_there(at)
        confirmed, updated = self.updated(
            msgspec.structs.replace(self, hazard=hazard), Change.HAZARD_CONFIRMED, at
        )
        found = () if self.hazard.is_raised else confirmed.hazard_findings()
        return confirmed, (*found, *updated)

    @property
    def is_open(self) -> bool:
        """Whether there is still work to do."""
        return self.state in OPEN_STATES

    def as_of(self, at: datetime, *, public: bool = True) -> "Issue":
        """Return it as last changed at this moment, with the moments that its clocks give."""
        running = [
            clock
            for clock in (self.handling, self.hazard.clock)
            if clock is not None and clock.stopped_at is None
        ]
        return msgspec.structs.replace(
            self,
            updated_at=at,
            publicly_changed_at=at if public else self.publicly_changed_at,
            judged_at=self._judged_from(),
            watch_at=self._next_watch(),
            due_at=min((clock.due_at for clock in running), default=None),
            at_risk_at=min((clock.short_from for clock in running), default=None),
        )

    def _judged_from(self) -> datetime | None:
        if self.state in (IssueState.REJECTED, IssueState.DUPLICATE):
            return None
        clock = self.handling
        if clock.first_breach_at is not None:
            return clock.first_breach_at
        return clock.due_at if clock.stopped_at is None else min(clock.stopped_at, clock.due_at)

    def _next_watch(self) -> datetime | None:
        moments = [self.handling.next_notice_at]
        if self.hazard.clock is not None:
            moments.append(self.hazard.clock.next_notice_at)
        if self.state == IssueState.WAITING_EXTERNAL:
            moments.append(self.waitings[-1].until)
        if self.state == IssueState.RESOLVED and self.resolution is not None:
            moments.append(self.resolution.resolved_at + SILENCE)
        return min((moment for moment in moments if moment is not None), default=None)

    def updated(
        self, changed: "Issue", change: Change, at: datetime
    ) -> tuple["Issue", Sequence[events.Event]]:
        """Return what it has changed to, and the word for it that others hear."""
        updated = msgspec.structs.replace(changed, last_change=change, last_change_at=at).as_of(
            at, public=change not in PRIVATE_CHANGES
        )
        return updated, updated.last_update()

    def report(self) -> events.IssueReported:
        """Tell that it is there."""
        return events.IssueReported(
            community_id=self.community_id,
            issue_id=self.id,
            intake_id=self.intake_id,
            source=self.source,
            category=self.category,
            hazard=self.hazard.is_raised,
            level=self.level,
            person_key=self.person_key,
            reported_at=self.reported_at,
        )

    def hazard_findings(self) -> tuple[events.Event, ...]:
        """Tell of the danger, if there is any."""
        if self.hazard.found_at is None or not self.hazard.is_raised:
            return ()
        return (
            events.HazardFound(
                community_id=self.community_id,
                issue_id=self.id,
                intake_id=self.intake_id,
                rule_id=self.hazard.rule_id,
                found_at=self.hazard.found_at,
            ),
        )

    def acknowledgement(self) -> tuple[events.Event, ...]:
        """Tell that somebody took notice, if so."""
        if self.acknowledged_at is None or self.acknowledged_by is None:
            return ()
        return (
            events.IssueAcknowledged(
                community_id=self.community_id,
                issue_id=self.id,
                acknowledged_at=self.acknowledged_at,
                acknowledged_by=self.acknowledged_by,
            ),
        )

    def last_update(self) -> tuple[events.Event, ...]:
        """Tell what last happened to it, if anything did."""
        if self.last_change is None or self.last_change_at is None:
            return ()
        return (
            events.IssueUpdated(
                community_id=self.community_id,
                issue_id=self.id,
                state=self.state,
                category=self.category,
                hazard=self.hazard.is_raised,
                level=self.level,
                updated_at=self.last_change_at,
                change=self.last_change,
            ),
        )


def issue_of(intake: Intake) -> Issue | None:
    """Make the issue that an accepted intake became; None while it is not accepted."""
    acceptance = intake.acceptance
    if acceptance is None:
        return None
    return Issue(
        id=acceptance.issue_id,
        community_id=intake.community_id,
        intake_id=intake.id,
        comment_id=intake.comment_id,
        source=intake.source,
        person_key=intake.person_key,
        redacted_text=acceptance.redacted_text,
        reported_at=intake.received_at,
        category=acceptance.category,
        hazard=hazard_at_start(acceptance, reported_at=intake.received_at),
        handling=_handling_clock(acceptance.category, intake.received_at),
        public_text=acceptance.public_text,
        public_text_by=acceptance.accepted_by if acceptance.public_text else None,
        published_at=acceptance.accepted_at if acceptance.public_text else None,
        updated_at=acceptance.accepted_at,
    ).as_of(acceptance.accepted_at)


def _handling_clock(category: str, reported_at: datetime) -> Clock:
    return start_clock(ClockKind.HANDLING, reported_at, category_of(category).handling)
