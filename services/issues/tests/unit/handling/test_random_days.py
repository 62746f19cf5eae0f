"""Whatever happens to an issue, in whatever order: what must always hold, holds."""

from collections.abc import Callable
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from issues.domain.clocks import ClockState
from issues.domain.errors import DomainError
from issues.domain.handling.facts import facts_of_issue
from issues.domain.handling.watch import watched
from issues.domain.issue import DONE_STATES, Issue, IssueState

from ...handling_stages import STAGES, joined, types_of
from .test_stations import TRANSITIONS

MakeIssue = Callable[..., Issue]
MINUTE = timedelta(minutes=1)

steps = st.lists(
    st.tuples(
        st.sampled_from([*TRANSITIONS, "time"]), st.integers(min_value=0, max_value=3 * 24 * 60)
    ),
    max_size=25,
)


def check(issue: Issue) -> None:
    """What must always hold."""
    assert [held.number for held in issue.rounds] == list(range(1, len(issue.rounds) + 1))
    lasting = [waiting for waiting in issue.waitings if waiting.ended_at is None]
    assert len(lasting) == (issue.state == IssueState.WAITING_EXTERNAL)
    assert all(waiting.ended_at is not None for waiting in issue.waitings[:-1])
    assert (issue.handling.stopped_at is None) == issue.is_open
    assert (issue.confirmation is not None) == (issue.state == IssueState.CONFIRMED)
    if issue.state in DONE_STATES:
        assert issue.resolution is not None
        late = (
            issue.handling.state(issue.updated_at) == ClockState.OVERDUE
            or issue.handling.first_breach_at is not None
        )
        assert issue.resolution.in_time != late
    on_the_spot = issue.state in (IssueState.IN_PROGRESS, IssueState.WAITING_EXTERNAL)
    if issue.hazard.is_raised and issue.is_open and not on_the_spot:
        assert issue.hazard.clock is not None
        assert issue.hazard.clock.stopped_at is None
    if issue.assignment is not None:
        assert set(issue.assignment.assignee_ids) <= set(issue.handlers)
    elapsed = issue.handling.elapsed(issue.updated_at)
    assert timedelta() <= elapsed <= issue.updated_at - issue.reported_at
    for earlier, later in zip(issue.handling.pauses, issue.handling.pauses[1:], strict=False):
        assert earlier.ends_at <= later.started_at
    assert as_counted(issue) == issue


def as_counted(issue: Issue) -> Issue:
    """With the moments to watch and to judge counted anew."""
    return issue.as_of(issue.updated_at, public=False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(st.sampled_from(IssueState), steps)
def test_no_order_of_events_breaks_an_issue(
    an_issue: MakeIssue, state: IssueState, order: list[tuple[str, int]]
) -> None:
    issue = STAGES[state](joined(an_issue(hazard=True)))
    now = issue.updated_at
    told: list[str] = []
    for step, minutes in order:
        now = max(now, issue.updated_at) + minutes * MINUTE
        try:
            issue, events = watched(issue, now) if step == "time" else TRANSITIONS[step](issue)
        except DomainError:
            continue
        check(issue)
        told += [
            f"{event.type} {getattr(event, 'clock', '')}" for event in events if "sla" in event.type
        ]
        assert types_of(facts_of_issue(issue))
    assert len(told) == len(set(told))
