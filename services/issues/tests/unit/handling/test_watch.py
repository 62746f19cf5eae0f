"""What time does to issues that nobody touches, each thing once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from chassis.testing import FrozenClock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from issues.adapters.memory import MemoryFailures, MemoryIssues
from issues.application.handling.sweep_clocks import SweepClocks
from issues.domain.handling.danger import decline_hazard
from issues.domain.handling.watch import watched
from issues.domain.issue import SILENCE, Issue, IssueState

from ...handling_stages import DAY, HOUR, STAGES, joined, resolved, types_of, waiting

MakeIssue = Callable[..., Issue]


def test_a_clock_tells_at_four_fifths_and_at_its_end_once_each(an_issue: MakeIssue) -> None:
    issue = an_issue(category="water")
    assert watched(issue, issue.reported_at + 19 * HOUR)[1] == ()
    issue, events = watched(issue, issue.reported_at + timedelta(hours=19.2))
    assert types_of(events) == ["issue.sla_at_risk"]
    assert watched(issue, issue.reported_at + 23 * HOUR)[1] == ()
    issue, events = watched(issue, issue.reported_at + 24 * HOUR)
    assert types_of(events) == ["issue.sla_breached"]
    assert watched(issue, issue.reported_at + 99 * DAY)[1] == ()
    assert issue.watch_at is None


def test_both_clocks_of_a_hazard_tell(an_issue: MakeIssue) -> None:
    issue = an_issue(category="water", hazard=True)
    _, events = watched(issue, issue.reported_at + 30 * HOUR)
    assert [(event.type, event.clock) for event in events] == [  # type: ignore[attr-defined]
        ("issue.sla_at_risk.v1", "hazard"),
        ("issue.sla_breached.v1", "hazard"),
        ("issue.sla_at_risk.v1", "handling"),
        ("issue.sla_breached.v1", "handling"),
    ]


def test_a_declined_hazard_tells_nothing(an_issue: MakeIssue) -> None:
    issue = an_issue(hazard=True)
    declined, _ = decline_hazard(issue, by="account_1", at=issue.reported_at)
    assert watched(declined, issue.reported_at + DAY)[1] == ()


def test_a_resting_clock_tells_nothing_before_its_moved_time(an_issue: MakeIssue) -> None:
    issue = waiting(an_issue(category="water"), days=3)
    assert watched(issue, issue.reported_at + 48 * HOUR)[1] == ()
    after, events = watched(issue, issue.waitings[0].until)
    assert types_of(events) == ["issue.updated"]
    _, events = watched(after, after.handling.due_at)
    assert types_of(events) == ["issue.sla_at_risk", "issue.sla_breached"]


@pytest.mark.parametrize("state", IssueState)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(st.integers(min_value=0, max_value=60 * 24 * 40), min_size=1, max_size=8))
def test_whoever_looks_and_when_the_outcome_is_the_same_and_told_once(
    an_issue: MakeIssue, state: IssueState, minutes: list[int]
) -> None:
    issue = STAGES[state](joined(an_issue(hazard=True)))
    start = issue.updated_at
    told: list[str] = []
    for minute in sorted(minutes):
        at = start + timedelta(minutes=minute)
        issue, events = watched(issue, at)
        assert issue.watch_at is None or issue.watch_at > at
        told += [f"{event.type} {getattr(event, 'clock', '')}" for event in events]
    assert len(told) == len(set(told))
    end = start + 60 * DAY
    issue, events = watched(issue, end)
    told += [f"{event.type} {getattr(event, 'clock', '')}" for event in events]
    at_once, once = watched(STAGES[state](joined(an_issue(hazard=True))), end)
    assert sorted(told) == sorted(f"{e.type} {getattr(e, 'clock', '')}" for e in once)
    assert (issue.state, issue.handling.due_at) == (at_once.state, at_once.handling.due_at)
    assert watched(issue, end) == (issue, ())


async def test_a_sweep_does_all_that_is_due_in_every_community_and_a_second_one_nothing(
    an_issue: MakeIssue, clock: FrozenClock
) -> None:
    issues = MemoryIssues()
    for number in range(250):
        await issues.add(an_issue(category="water", community_id=f"community_{number % 3}"))
    silent = await issues.add(resolved(an_issue()))
    later = await issues.add(an_issue(category="wish"))
    sweep = SweepClocks(issues, MemoryFailures(), clock)
    assert await sweep() == 0

    clock.at = silent.updated_at + SILENCE
    assert await sweep() == 251
    assert (await issues.get(silent.community_id, silent.id)).state == IssueState.CONFIRMED
    assert await issues.get(later.community_id, later.id) == later
    assert len(issues.events) == 501
    assert await sweep() == 0
    assert len(issues.events) == 501
