"""The handling clock rests while an outside party has to move: for a reason, and up to an end."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from issues.domain.clocks import ClockState
from issues.domain.handling import errors
from issues.domain.handling.party import PartyKind
from issues.domain.handling.resolve import resolve
from issues.domain.handling.wait import LONGEST_WAIT, MAX_WAITINGS, resume, wait_for_party
from issues.domain.handling.watch import watched
from issues.domain.issue import Issue, IssueState

from ...handling_stages import DAY, HOUR, STEWARD, in_progress, types_of, waiting

MakeIssue = Callable[..., Issue]


def test_a_wait_moves_the_time_by_its_length(an_issue: MakeIssue) -> None:
    before = in_progress(an_issue())
    issue = waiting(an_issue(), days=2)
    assert issue.handling.due_at == before.handling.due_at + 2 * DAY
    assert issue.handling.at_risk_at == before.handling.at_risk_at + 2 * DAY
    assert issue.handling.state(issue.updated_at + DAY) == ClockState.PAUSED
    assert (issue.waitings[0].reason, issue.waitings[0].ended_at) == ("等换阀门", None)


def test_going_on_early_takes_back_what_is_left_of_it(an_issue: MakeIssue) -> None:
    issue = waiting(an_issue(), days=2)
    resumed, events = resume(issue, by=STEWARD, at=issue.updated_at + DAY)
    assert resumed.state == IssueState.IN_PROGRESS
    assert resumed.handling.due_at == issue.handling.due_at - DAY
    assert resumed.waitings[0].ended_at == issue.updated_at + DAY
    assert resumed.waitings[0].ended_by == STEWARD
    assert types_of(events) == ["issue.updated"]


def test_a_wait_that_runs_out_ends_when_it_was_said_to_whenever_that_is_noticed(
    an_issue: MakeIssue,
) -> None:
    issue = waiting(an_issue(), days=2)
    until = issue.waitings[0].until
    assert watched(issue, until - timedelta(seconds=1))[0].state == IssueState.WAITING_EXTERNAL
    at_once, events = watched(issue, until)
    later, _ = watched(issue, until + 5 * HOUR)
    assert at_once.state == IssueState.IN_PROGRESS
    assert types_of(events) == ["issue.updated"]
    assert later.handling == at_once.handling == issue.handling
    assert later.waitings == at_once.waitings
    assert (at_once.waitings[0].ended_at, at_once.waitings[0].ended_by) == (until, None)


def test_who_goes_on_after_the_end_changes_no_time(an_issue: MakeIssue) -> None:
    issue = waiting(an_issue(), days=1)
    resumed, _ = resume(issue, by=STEWARD, at=issue.waitings[0].until + HOUR)
    assert resumed.handling == issue.handling
    assert (resumed.waitings[0].ended_at, resumed.waitings[0].ended_by) == (
        issue.waitings[0].until,
        None,
    )


def test_resolving_ends_a_wait(an_issue: MakeIssue) -> None:
    issue = waiting(an_issue(), days=3)
    at = issue.updated_at + DAY
    done, _ = resolve(issue, note="阀门已换", photo_ids=["p"], by=STEWARD, at=at)
    assert done.waitings[0].ended_at == at
    assert done.handling.stopped_at == at
    assert done.handling.due_at == issue.handling.due_at - 2 * DAY


@pytest.mark.parametrize("until", [-HOUR, timedelta(), LONGEST_WAIT + timedelta(seconds=1)])
def test_a_wait_without_a_good_end_is_refused(an_issue: MakeIssue, until: timedelta) -> None:
    issue = in_progress(an_issue())
    at = issue.updated_at
    with pytest.raises(errors.WaitInvalid):
        wait_for_party(
            issue,
            party_kind=PartyKind.WATER,
            reason="等换阀门",
            until=at + until,
            by=STEWARD,
            at=at,
        )


@pytest.mark.parametrize(
    ("reason", "error"),
    [("", errors.TextInvalid), ("等13812345678回电", errors.TextRevealsPerson)],
)
def test_a_wait_without_a_good_reason_is_refused(
    an_issue: MakeIssue, reason: str, error: type[Exception]
) -> None:
    issue = in_progress(an_issue())
    at = issue.updated_at
    with pytest.raises(error):
        wait_for_party(
            issue, party_kind=PartyKind.WATER, reason=reason, until=at + DAY, by=STEWARD, at=at
        )


def test_an_issue_waits_a_hundred_times_at_most(an_issue: MakeIssue) -> None:
    issue = in_progress(an_issue())

    def once_more(issue: Issue) -> Issue:
        at = issue.updated_at + HOUR
        waits, _ = wait_for_party(
            issue, party_kind=PartyKind.GAS, reason="等配件", until=at + HOUR, by=STEWARD, at=at
        )
        return resume(waits, by=STEWARD, at=at + HOUR)[0]

    for _ in range(MAX_WAITINGS):
        issue = once_more(issue)
    with pytest.raises(errors.TooManyPauses):
        once_more(issue)
    assert issue.handling.elapsed(issue.updated_at) == (
        issue.updated_at - issue.reported_at - MAX_WAITINGS * HOUR
    )
