"""What others may know of the handling of an issue, made of the issue as it is."""

from datetime import datetime

from issues.domain.clocks import Clock
from issues.domain.events import Event
from issues.domain.handling import events
from issues.domain.handling.rounds import CoordinationRound
from issues.domain.hazard import HazardState
from issues.domain.issue import Issue


def assignment_of(issue: Issue) -> tuple[Event, ...]:
    """Tell who is to work on it, if anybody is."""
    assignment = issue.assignment
    if assignment is None:
        return ()
    return (
        events.IssueAssigned(
            community_id=issue.community_id,
            issue_id=issue.id,
            assignee_account_ids=assignment.assignee_ids,
            assigned_at=assignment.assigned_at,
            assigned_by=assignment.assigned_by,
        ),
    )


def record_of(issue: Issue, held: CoordinationRound) -> events.CoordinationRecorded:
    """Tell of a round, and what became of its promise."""
    settlement = held.promise.settlement if held.promise else None
    return events.CoordinationRecorded(
        community_id=issue.community_id,
        issue_id=issue.id,
        round=held.number,
        party_kind=held.party_kind,
        promise_due_on=held.promise.due_on if held.promise else None,
        outcome=settlement.outcome if settlement else None,
        recorded_at=settlement.settled_at if settlement else held.recorded_at,
        recorded_by=settlement.settled_by if settlement else held.recorded_by,
    )


def resolution_of(issue: Issue) -> tuple[Event, ...]:
    """Tell that the work is done, if it was ever said to be."""
    resolution = issue.resolution
    if resolution is None:
        return ()
    return (
        events.IssueResolved(
            community_id=issue.community_id,
            issue_id=issue.id,
            photo_count=len(resolution.photo_ids),
            resolved_at=resolution.resolved_at,
            resolved_by=resolution.resolved_by,
        ),
    )


def confirmation_of(issue: Issue) -> tuple[Event, ...]:
    """Tell that it is settled, if it is."""
    confirmation = issue.confirmation
    if confirmation is None:
        return ()
    reporter = issue.reporter
    return (
        events.IssueConfirmed(
            community_id=issue.community_id,
            issue_id=issue.id,
            how=confirmation.how,
            rating=confirmation.rating,
            reporter_account_id=reporter.account_id if reporter else None,
            reporter_person_key=reporter.person_key if reporter else None,
            confirmed_at=confirmation.confirmed_at,
            confirmed_by=confirmation.confirmed_by,
        ),
    )


def reopening_of(issue: Issue) -> tuple[Event, ...]:
    """Tell when it last went back to work, if it ever did."""
    reopening = issue.reopening
    if reopening is None:
        return ()
    return (
        events.IssueReopened(
            community_id=issue.community_id,
            issue_id=issue.id,
            reopened_at=reopening.reopened_at,
            reopened_by=reopening.reopened_by,
        ),
    )


def notices_of(issue: Issue, clock: Clock | None) -> tuple[Event, ...]:
    """Tell what was noticed of a clock: that time is short, that it has run out."""
    if clock is None:
        return ()
    risk, breach = clock.risk_noticed_at, clock.breach_noticed_at
    at_risk = (
        () if risk is None else (_notice(events.IssueSlaAtRisk, issue, clock, noticed_at=risk),)
    )
    breached = (
        ()
        if breach is None
        else (_notice(events.IssueSlaBreached, issue, clock, noticed_at=breach),)
    )
    return (*at_risk, *breached)


def facts_of_issue(issue: Issue) -> tuple[Event, ...]:
    """All that others may know of an issue, in the order in which it came about."""
    hazard_clock = None if issue.hazard.state == HazardState.DECLINED else issue.hazard.clock
    reopened_since = (
        issue.resolution is not None
        and issue.reopening is not None
        and issue.reopening.reopened_at >= issue.resolution.resolved_at
    )
    done = (resolution_of(issue), reopening_of(issue))
    return (
        issue.report(),
        *issue.hazard_findings(),
        *issue.acknowledgement(),
        *issue.last_update(),
        *assignment_of(issue),
        *(record_of(issue, held) for held in issue.rounds),
        *notices_of(issue, hazard_clock),
        *notices_of(issue, issue.handling),
        *(event for part in (done if reopened_since else done[::-1]) for event in part),
        *confirmation_of(issue),
    )


def _notice(
    kind: type[events.IssueSlaAtRisk] | type[events.IssueSlaBreached],
    issue: Issue,
    clock: Clock,
    *,
    noticed_at: datetime,
) -> Event:
    return kind(
        community_id=issue.community_id,
        issue_id=issue.id,
        clock=clock.kind,
        due_at=clock.due_at,
        noticed_at=noticed_at,
    )
