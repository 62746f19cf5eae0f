"""A matter that somebody works on. In this slice: new, acknowledged, triaged."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from issues.domain import events
from issues.domain.categories import category_of
from issues.domain.clocks import Clock, ClockKind, start_clock
from issues.domain.errors import IssueAlreadyAcknowledged, IssueNotAcknowledged
from issues.domain.hazard import Hazard, hazard_at_start
from issues.domain.intake import Intake, IntakeSource
from issues.domain.public_text import checked_place, checked_public_text


class IssueState(StrEnum):
    """Where it stands."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    TRIAGED = "triaged"


OPEN_STATES = (IssueState.NEW, IssueState.ACKNOWLEDGED, IssueState.TRIAGED)


class Level(StrEnum):
    """Who can solve it."""

    COMMUNITY = "community"
    SUB_DISTRICT = "sub_district"
    DISTRICT = "district"


class Change(StrEnum):
    """What an `issue.updated` is about."""

    TRIAGED = "triaged"
    HAZARD_CONFIRMED = "hazard_confirmed"
    HAZARD_DECLINED = "hazard_declined"


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """One matter, from one intake.

    `redacted_text` is what the comment said when the issue was made; `public_text` is what
    everybody may read, confirmed by the person `public_text_by`.
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
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    last_change: Change | None = None
    updated_at: datetime
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
            updated_at=at,
        )
        return acknowledged, acknowledged._acknowledgement()

    def triage(
        self,
        *,
        category: str,
        level: Level,
        public_text: str | None,
        place: str | None,
        by: str,
        at: datetime,
    ) -> tuple["Issue", Sequence[events.Event]]:
        """Say what it is about and who can solve it; again, to put it right.

        What is None stays as it was. Another category has another clock, from the same start.

        Raises: IssueNotAcknowledged; CategoryUnknown; PublicTextInvalid;
            PublicTextRevealsPerson; PlaceTooLong.
        Emits: issue.updated v1.
        """
        if self.state == IssueState.NEW:
            raise IssueNotAcknowledged
        text = checked_public_text(public_text)
        return self._updated(
            msgspec.structs.replace(
                self,
                state=IssueState.TRIAGED,
                category=category,
                handling=_handling_clock(category, self.reported_at),
                level=level,
                place=self.place if place is None else checked_place(place),
                public_text=text or self.public_text,
                public_text_by=by if text else self.public_text_by,
            ),
            Change.TRIAGED,
            at,
        )

    def confirm_hazard(self, *, by: str, at: datetime) -> tuple["Issue", Sequence[events.Event]]:
        """Say that there is danger. One not proposed before is found at this moment.

        Raises: HazardAlreadyConfirmed.
        Emits: hazard.found v1 where it was not raised; issue.updated v1.
        """
        hazard = self.hazard.confirm(by=by, at=at)
        confirmed, updated = self._updated(
            msgspec.structs.replace(self, hazard=hazard), Change.HAZARD_CONFIRMED, at
        )
        found = () if self.hazard.is_raised else confirmed._hazard_found()
        return confirmed, (*found, *updated)

    def decline_hazard(self, *, by: str, at: datetime) -> tuple["Issue", Sequence[events.Event]]:
        """Say that there is no danger; its clock stops.

        Raises: HazardNotRaised; HazardAlreadyDeclined.
        Emits: issue.updated v1.
        """
        hazard = self.hazard.decline(by=by, at=at)
        return self._updated(
            msgspec.structs.replace(self, hazard=hazard), Change.HAZARD_DECLINED, at
        )

    def _updated(
        self, changed: "Issue", change: Change, at: datetime
    ) -> tuple["Issue", Sequence[events.Event]]:
        updated = msgspec.structs.replace(changed, last_change=change, updated_at=at)
        return updated, updated._update()

    def _report(self) -> events.IssueReported:
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

    def _hazard_found(self) -> tuple[events.Event, ...]:
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

    def _acknowledgement(self) -> tuple[events.Event, ...]:
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

    def _update(self) -> tuple[events.Event, ...]:
        if self.last_change is None:
            return ()
        return (
            events.IssueUpdated(
                community_id=self.community_id,
                issue_id=self.id,
                state=self.state,
                category=self.category,
                hazard=self.hazard.is_raised,
                level=self.level,
                updated_at=self.updated_at,
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
        updated_at=acceptance.accepted_at,
    )


def facts_of_issue(issue: Issue) -> tuple[events.Event, ...]:
    """All that others may know of an issue, in the order in which it came about."""
    return (
        issue._report(),
        *issue._hazard_found(),
        *issue._acknowledgement(),
        *issue._update(),
    )


def _handling_clock(category: str, reported_at: datetime) -> Clock:
    return start_clock(ClockKind.HANDLING, reported_at, category_of(category).handling)
