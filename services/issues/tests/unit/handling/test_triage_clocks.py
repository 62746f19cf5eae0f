"""Another category has another clock, and what an earlier one had promised is not forgotten."""

from collections.abc import Callable

from issues.domain.clocks import ClockState
from issues.domain.handling.danger import decline_hazard
from issues.domain.handling.resolve import resolve
from issues.domain.handling.triage import TriageDraft, triage
from issues.domain.handling.watch import watched
from issues.domain.issue import Issue, Level

from ...handling_stages import CLERK, DAY, HOUR, PHOTO, STEWARD, in_progress, types_of

MakeIssue = Callable[..., Issue]
LONG = TriageDraft(category="wish", level=Level.COMMUNITY)


def test_a_longer_promise_is_told_when_it_breaks_as_well(an_issue: MakeIssue) -> None:
    issue, _ = watched(in_progress(an_issue(category="water")), an_issue().reported_at + DAY)
    longer, _ = triage(issue, LONG, by=CLERK, at=issue.updated_at)
    due_at = longer.handling.due_at
    assert due_at > issue.handling.due_at
    assert longer.watch_at == longer.handling.at_risk_at
    at_risk, events = watched(longer, longer.handling.at_risk_at)
    assert types_of(events) == ["issue.sla_at_risk"]
    broken, events = watched(at_risk, due_at)
    assert types_of(events) == ["issue.sla_breached"]
    assert watched(broken, due_at + 99 * DAY)[1] == ()


def test_a_break_that_nobody_told_is_told_before_the_promise_changes(an_issue: MakeIssue) -> None:
    issue = in_progress(an_issue(category="water"))
    late = issue.handling.due_at + HOUR
    longer, events = triage(issue, LONG, by=CLERK, at=late)
    assert types_of(events) == ["issue.sla_at_risk", "issue.sla_breached", "issue.updated"]
    assert longer.handling.state(late) == ClockState.RUNNING
    assert longer.judged_at == issue.handling.due_at


def test_what_was_late_is_not_in_time_by_another_category(an_issue: MakeIssue) -> None:
    issue = in_progress(an_issue(category="water"))
    late = issue.handling.due_at + HOUR
    longer, _ = triage(issue, LONG, by=CLERK, at=late)
    done, _ = resolve(longer, note="修好了", photo_ids=[PHOTO], by=STEWARD, at=late)
    assert done.resolution is not None
    assert not done.resolution.in_time
    assert done.judged_at == issue.handling.due_at


def test_the_same_category_again_tells_nothing_twice(an_issue: MakeIssue) -> None:
    issue, _ = watched(in_progress(an_issue(category="water")), an_issue().reported_at + DAY)
    same = TriageDraft(category="water", level=Level.COMMUNITY)
    again, events = triage(issue, same, by=CLERK, at=issue.updated_at)
    assert types_of(events) == ["issue.updated"]
    assert again.watch_at is None


def test_a_hazard_declined_too_late_tells_that_it_was_late(an_issue: MakeIssue) -> None:
    issue = an_issue(hazard=True)
    _, events = decline_hazard(issue, by=CLERK, at=issue.reported_at + 3 * HOUR)
    assert types_of(events) == ["issue.sla_at_risk", "issue.sla_breached", "issue.updated"]
