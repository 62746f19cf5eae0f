"""Rounds with outside parties, and what became of what they promised."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import msgspec
import pytest
from issues.domain.china_days import day_of
from issues.domain.handling import errors
from issues.domain.handling.coordinate import (
    CLOCK_SKEW,
    PromiseDraft,
    record_round,
    settle_promise,
)
from issues.domain.handling.facts import record_of
from issues.domain.handling.resolve import resolve
from issues.domain.handling.rounds import MAX_ROUNDS, PromiseOutcome, PromiseState
from issues.domain.issue import Issue

from ...handling_stages import DAY, HOUR, STEWARD, a_round, in_progress, types_of, with_round

MakeIssue = Callable[..., Issue]


def settle(issue: Issue, outcome: PromiseOutcome, settled: datetime, *, number: int = 1) -> Issue:
    return settle_promise(
        issue,
        number,
        outcome=outcome,
        settled=settled,
        by=STEWARD,
        at=max(settled, issue.updated_at),
    )[0]


def test_rounds_are_numbered_without_gaps_up_to_a_hundred(an_issue: MakeIssue) -> None:
    issue = in_progress(an_issue())
    for number in range(1, MAX_ROUNDS + 1):
        issue = with_round(issue)
        assert issue.rounds[-1].number == number
    assert [held.number for held in issue.rounds] == list(range(1, MAX_ROUNDS + 1))
    with pytest.raises(errors.TooManyRounds):
        with_round(issue)


def test_a_round_is_told_without_what_was_said(an_issue: MakeIssue) -> None:
    issue = in_progress(an_issue())
    at = issue.updated_at
    _, events = record_round(issue, a_round(at, due_on=day_of(at)), by=STEWARD, at=at)
    assert types_of(events) == ["coordination.recorded"]
    told = msgspec.to_builtins(events[0])
    assert told["promise_due_on"] == day_of(at).isoformat()
    assert told["outcome"] is None
    assert "泵房" not in str(told)
    assert "自来水" not in str(told)


@pytest.mark.parametrize(
    ("party", "said", "error"),
    [
        ("", "明天修", errors.PartyInvalid),
        ("司" * 61, "明天修", errors.PartyInvalid),
        ("王工13812345678", "明天修", errors.TextRevealsPerson),
        ("自来水公司", " \n ", errors.TextInvalid),
        ("自来水公司", "话" * 501, errors.TextInvalid),
        ("自来水公司", "打13812345678找王工", errors.TextRevealsPerson),
        ("自来水公司", "先修3号楼2单元501", errors.TextRevealsPerson),
    ],
)
def test_a_round_that_says_nothing_or_too_much_is_refused(
    an_issue: MakeIssue, party: str, said: str, error: type[Exception]
) -> None:
    issue = in_progress(an_issue())
    draft = a_round(issue.updated_at, party=party, said=said)
    with pytest.raises(error):
        record_round(issue, draft, by=STEWARD, at=issue.updated_at)


def test_a_phone_that_runs_a_little_ahead_records_what_is_now(an_issue: MakeIssue) -> None:
    issue = in_progress(an_issue())
    at = issue.updated_at
    ahead = at + CLOCK_SKEW
    recorded, _ = record_round(issue, a_round(ahead, due_on=day_of(at)), by=STEWARD, at=at)
    assert recorded.rounds[0].at == at
    settled, _ = settle_promise(
        recorded, 1, outcome=PromiseOutcome.KEPT, settled=ahead, by=STEWARD, at=at
    )
    promise = settled.rounds[0].promise
    assert promise is not None
    assert promise.settlement is not None
    assert promise.settlement.at == at


@pytest.mark.parametrize("off", [timedelta(hours=-9), CLOCK_SKEW + timedelta(seconds=1)])
def test_a_round_is_after_the_report_and_not_to_come(an_issue: MakeIssue, off: timedelta) -> None:
    issue = in_progress(an_issue())
    at = issue.updated_at
    with pytest.raises(errors.RoundTimeInvalid):
        record_round(issue, a_round(at + off), by=STEWARD, at=at)


def test_a_promise_without_a_date_is_refused(an_issue: MakeIssue) -> None:
    issue = in_progress(an_issue())
    at = issue.updated_at
    draft = msgspec.structs.replace(a_round(at), promise=PromiseDraft(text="尽快修好", due_on=None))
    with pytest.raises(errors.PromiseWithoutDate) as refused:
        record_round(issue, draft, by=STEWARD, at=at)
    assert refused.value.code == "PROMISE_WITHOUT_DATE"


def test_a_promise_for_a_day_before_the_round_is_refused_and_for_its_day_it_is_not(
    an_issue: MakeIssue,
) -> None:
    issue = in_progress(an_issue())
    at = issue.updated_at
    with pytest.raises(errors.PromiseBeforeRound):
        record_round(issue, a_round(at, due_on=day_of(at) - DAY), by=STEWARD, at=at)
    assert with_round(issue, due_on=day_of(at)).rounds


def test_the_day_of_a_round_is_the_one_in_china(an_issue: MakeIssue, nine: datetime) -> None:
    late = nine.replace(hour=16, minute=30)  # half past midnight of the next day in China
    issue = in_progress(an_issue())
    with pytest.raises(errors.PromiseBeforeRound):
        record_round(issue, a_round(late, due_on=nine.date()), by=STEWARD, at=late)


def test_a_promise_is_open_then_due_then_overdue(an_issue: MakeIssue) -> None:
    promise = with_round(in_progress(an_issue()), due_on=date(2026, 11, 25)).rounds[0].promise
    assert promise is not None
    assert promise.state(date(2026, 11, 24)) == PromiseState.OPEN
    assert promise.state(date(2026, 11, 25)) == PromiseState.DUE
    assert promise.state(date(2026, 11, 26)) == PromiseState.OVERDUE


@pytest.mark.parametrize(
    ("outcome", "days"),
    [
        (PromiseOutcome.KEPT, 0),
        (PromiseOutcome.KEPT, 1),
        (PromiseOutcome.LATE, 2),
        (PromiseOutcome.BROKEN, 0),
        (PromiseOutcome.BROKEN, 2),
    ],
)
def test_a_promise_is_settled_once_and_told(
    an_issue: MakeIssue, outcome: PromiseOutcome, days: int
) -> None:
    issue = with_round(in_progress(an_issue()), due_on=day_of(an_issue().reported_at) + DAY)
    settled = settle(issue, outcome, issue.updated_at + days * DAY)
    promise = settled.rounds[0].promise
    assert promise is not None
    assert promise.state(date(2027, 1, 1)) == PromiseState(outcome.value)
    assert record_of(settled, settled.rounds[0]).outcome == outcome
    for other in PromiseOutcome:
        with pytest.raises(errors.PromiseAlreadySettled):
            settle(settled, other, settled.updated_at)


@pytest.mark.parametrize(("outcome", "days"), [(PromiseOutcome.KEPT, 2), (PromiseOutcome.LATE, 0)])
def test_an_outcome_that_contradicts_the_date_is_refused(
    an_issue: MakeIssue, outcome: PromiseOutcome, days: int
) -> None:
    issue = with_round(in_progress(an_issue()), due_on=day_of(an_issue().reported_at) + DAY)
    with pytest.raises(errors.OutcomeContradictsDate):
        settle(issue, outcome, issue.updated_at + days * DAY)


def test_what_was_not_promised_cannot_be_settled(an_issue: MakeIssue) -> None:
    issue = with_round(in_progress(an_issue()))
    with pytest.raises(errors.RoundWithoutPromise):
        settle(issue, PromiseOutcome.KEPT, issue.updated_at)
    for number in (-1, 0, 2):
        with pytest.raises(errors.RoundNotFound):
            settle(issue, PromiseOutcome.KEPT, issue.updated_at, number=number)


def test_a_promise_is_settled_after_its_round_and_not_in_time_to_come(
    an_issue: MakeIssue,
) -> None:
    issue = with_round(in_progress(an_issue()), due_on=date(2026, 12, 1))
    for settled in (issue.updated_at - 2 * HOUR, issue.updated_at + HOUR):
        with pytest.raises(errors.SettlementTimeInvalid):
            settle_promise(
                issue,
                1,
                outcome=PromiseOutcome.KEPT,
                settled=settled,
                by=STEWARD,
                at=issue.updated_at,
            )


def test_an_open_promise_hinders_no_resolution_and_can_be_settled_after_it(
    an_issue: MakeIssue,
) -> None:
    issue = with_round(in_progress(an_issue()), due_on=date(2026, 12, 1))
    done, _ = resolve(issue, note="先修好了", photo_ids=["p"], by=STEWARD, at=issue.updated_at)
    assert done.rounds == issue.rounds
    assert settle(done, PromiseOutcome.KEPT, done.updated_at).rounds[0] != issue.rounds[0]
