"""An issue is given to people, and they set to work."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest
from issues.domain.clocks import ClockState
from issues.domain.handling import errors
from issues.domain.handling.assign import MAX_ASSIGNEES, assign
from issues.domain.handling.escalate import escalate
from issues.domain.handling.start import start
from issues.domain.handling.triage import TriageDraft, triage
from issues.domain.handling.work import is_assigned_to
from issues.domain.issue import Issue, IssueState, Level

from ...handling_stages import (
    CLERK,
    HOUR,
    NEIGHBOUR,
    STEWARD,
    acknowledged,
    assigned,
    in_progress,
    triaged,
    types_of,
)

MakeIssue = Callable[..., Issue]


def test_who_is_assigned_is_told(an_issue: MakeIssue) -> None:
    issue = triaged(an_issue())
    after, events = assign(issue, assignee_ids=[STEWARD, NEIGHBOUR], by=CLERK, at=issue.updated_at)
    assert types_of(events) == ["issue.assigned"]
    assert is_assigned_to(after, STEWARD)
    assert is_assigned_to(after, NEIGHBOUR)
    assert not is_assigned_to(after, CLERK)


def test_assigning_again_takes_the_place_of_the_first_and_remembers_both(
    an_issue: MakeIssue,
) -> None:
    issue = in_progress(an_issue())
    after, _ = assign(issue, assignee_ids=[NEIGHBOUR], by=CLERK, at=issue.updated_at)
    assert after.state == IssueState.IN_PROGRESS
    assert not is_assigned_to(after, STEWARD)
    assert set(after.handlers) == {STEWARD, NEIGHBOUR}


@pytest.mark.parametrize(
    "assignees", [[], [STEWARD, STEWARD], [f"account_{n}" for n in range(MAX_ASSIGNEES + 1)]]
)
def test_nobody_twice_or_too_many_cannot_be_assigned(
    an_issue: MakeIssue, assignees: list[str]
) -> None:
    with pytest.raises(errors.AssigneesInvalid):
        assign(triaged(an_issue()), assignee_ids=assignees, by=CLERK, at=an_issue().reported_at)


def test_somebody_on_the_spot_stops_the_clock_of_a_hazard(an_issue: MakeIssue) -> None:
    issue = assigned(an_issue(hazard=True))
    at = issue.updated_at + HOUR
    started, events = start(issue, by=STEWARD, at=at)
    assert started.hazard.clock is not None
    assert started.hazard.clock.stopped_at == at
    assert started.hazard.clock.state(at + 9 * HOUR) == ClockState.STOPPED
    assert types_of(events) == ["issue.updated"]
    assert (started.started_at, started.started_by) == (at, STEWARD)


def test_who_comes_too_late_to_a_hazard_has_broken_the_promise_and_says_so(
    an_issue: MakeIssue,
) -> None:
    issue = assigned(an_issue(hazard=True))
    started, events = start(issue, by=STEWARD, at=issue.reported_at + 3 * HOUR)
    assert types_of(events) == ["issue.sla_at_risk", "issue.sla_breached", "issue.updated"]
    assert started.hazard.clock is not None
    assert started.hazard.clock.state(started.updated_at) == ClockState.OVERDUE


def test_a_hazard_found_while_somebody_is_there_is_attended_to(an_issue: MakeIssue) -> None:
    issue = in_progress(an_issue())
    found, _ = issue.confirm_hazard(by=CLERK, at=issue.updated_at)
    assert found.hazard.clock is not None
    assert found.hazard.clock.stopped_at == issue.updated_at


def test_another_level_says_why(an_issue: MakeIssue) -> None:
    issue = assigned(an_issue())
    after, events = escalate(
        issue, level=Level.DISTRICT, reason=" 管网归区里管 ", by=CLERK, at=issue.updated_at
    )
    assert after.level == Level.DISTRICT
    assert after.escalation is not None
    assert after.escalation.reason == "管网归区里管"
    assert types_of(events) == ["issue.updated"]


@pytest.mark.parametrize(
    ("level", "reason", "error"),
    [
        (Level.COMMUNITY, "换个层级", errors.LevelUnchanged),
        (Level.DISTRICT, "   ", errors.TextInvalid),
        (Level.DISTRICT, "长" * 501, errors.TextInvalid),
        (Level.DISTRICT, "找老王13812345678", errors.TextRevealsPerson),
    ],
)
def test_an_escalation_without_a_good_reason_is_refused(
    an_issue: MakeIssue, level: Level, reason: str, error: type[Exception]
) -> None:
    issue = assigned(an_issue())
    with pytest.raises(error):
        escalate(issue, level=level, reason=reason, by=CLERK, at=issue.updated_at)


def test_triage_raises_a_level_for_a_reason_and_tells_both(an_issue: MakeIssue) -> None:
    issue = acknowledged(an_issue())
    draft = TriageDraft(category="gas", level=Level.DISTRICT)
    with pytest.raises(errors.EscalationNeedsReason):
        triage(issue, draft, by=CLERK, at=issue.updated_at)
    with_reason = msgspec.structs.replace(draft, level_reason=" 管网归区里管 ")
    after, events = triage(issue, with_reason, by=CLERK, at=issue.updated_at)
    assert [event.change for event in events] == ["triaged", "escalated"]  # type: ignore[attr-defined]
    assert [event.level for event in events] == ["community", "district"]  # type: ignore[attr-defined]
    assert (after.level, after.state) == (Level.DISTRICT, IssueState.TRIAGED)
    assert after.escalation is not None
    assert after.escalation.reason == "管网归区里管"


def test_a_level_is_put_right_before_anybody_works_on_it_and_not_lowered_after(
    an_issue: MakeIssue,
) -> None:
    draft = TriageDraft(category="gas", level=Level.DISTRICT, level_reason="管网归区里管")
    issue = acknowledged(an_issue())
    high, _ = triage(issue, draft, by=CLERK, at=issue.updated_at)
    lower = TriageDraft(category="gas", level=Level.COMMUNITY)
    right, _ = triage(high, lower, by=CLERK, at=issue.updated_at)
    assert (right.level, right.escalation) == (Level.COMMUNITY, None)
    worked_on, _ = assign(high, assignee_ids=[STEWARD], by=CLERK, at=issue.updated_at)
    with pytest.raises(errors.LevelNotHigher):
        triage(worked_on, lower, by=CLERK, at=issue.updated_at)


def test_what_is_handed_up_is_not_handed_down(an_issue: MakeIssue) -> None:
    issue = assigned(an_issue())
    at = issue.updated_at
    high, _ = escalate(issue, level=Level.DISTRICT, reason="管网归区里管", by=CLERK, at=at)
    for level in (Level.COMMUNITY, Level.SUB_DISTRICT):
        with pytest.raises(errors.LevelNotHigher):
            escalate(high, level=level, reason="区里退回", by=CLERK, at=at)


def test_triage_of_what_is_assigned_keeps_its_state_and_changes_its_clock(
    an_issue: MakeIssue,
) -> None:
    issue = assigned(an_issue())
    draft = TriageDraft(category="gas", level=Level.COMMUNITY)
    kept, _ = triage(issue, draft, by=CLERK, at=issue.updated_at)
    assert kept.state == IssueState.ASSIGNED
    assert kept.handling.due_at == issue.reported_at + timedelta(hours=24)
