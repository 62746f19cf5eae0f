"""How an issue ends: proved, settled on somebody's word, sent back, or closed without work."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest
from issues.domain import errors as named
from issues.domain.clocks import ClockState
from issues.domain.handling import errors
from issues.domain.handling.close import mark_duplicate, reject
from issues.domain.handling.confirm import confirm, confirm_by_silence, confirm_on_behalf
from issues.domain.handling.danger import decline_hazard
from issues.domain.handling.decisions import ConfirmedHow, Via
from issues.domain.handling.join import note_reporter
from issues.domain.handling.reopen import REPORTERS_TIME, reopen_by_reporter, reopen_by_staff
from issues.domain.handling.resolve import MAX_PHOTOS, resolve
from issues.domain.handling.start import start
from issues.domain.handling.watch import watched
from issues.domain.issue import SILENCE, Issue, IssueState
from issues.domain.reporter import Reporter

from ...handling_stages import (
    CLERK,
    DAY,
    HOUR,
    NEIGHBOUR,
    PHOTO,
    REPORTER,
    STEWARD,
    acknowledged,
    an_earlier,
    confirmed,
    in_progress,
    joined,
    rejected,
    resolved,
    types_of,
    waiting,
    with_round,
)

MakeIssue = Callable[..., Issue]
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def test_what_is_resolved_in_time_says_so_and_its_clock_stops(an_issue: MakeIssue) -> None:
    issue = resolved(an_issue())
    assert issue.resolution is not None
    assert issue.resolution.in_time
    assert issue.handling.state(issue.updated_at + 99 * DAY) == ClockState.STOPPED


def test_what_is_resolved_too_late_says_so_and_the_breach_is_told(an_issue: MakeIssue) -> None:
    issue = in_progress(an_issue())
    late = issue.handling.due_at + SECOND
    done, events = resolve(issue, note="修好了", photo_ids=[PHOTO], by=STEWARD, at=late)
    assert done.resolution is not None
    assert not done.resolution.in_time
    assert types_of(events) == ["issue.sla_at_risk", "issue.sla_breached", "issue.resolved"]


@pytest.mark.parametrize(
    ("note", "photos", "error"),
    [
        ("修好了", [], errors.EvidenceMissing),
        ("修好了", [f"photo_{n}" for n in range(MAX_PHOTOS + 1)], errors.EvidenceMissing),
        ("  ", [PHOTO], named.PublicTextInvalid),
        ("找3号楼2单元501看过", [PHOTO], named.PublicTextRevealsPerson),
    ],
)
def test_work_that_is_not_proved_is_not_done(
    an_issue: MakeIssue, note: str, photos: list[str], error: type[Exception]
) -> None:
    issue = in_progress(an_issue())
    with pytest.raises(error):
        resolve(issue, note=note, photo_ids=photos, by=STEWARD, at=issue.updated_at)


def test_the_reporter_confirms_and_rates_and_the_comment_is_told_to_nobody(
    an_issue: MakeIssue,
) -> None:
    issue = resolved(joined(an_issue()))
    after, events = confirm(
        issue, rating=5, comment="谢谢，亮堂多了", by=REPORTER, at=issue.updated_at
    )
    assert after.confirmation is not None
    assert after.confirmation.comment == "谢谢，亮堂多了"
    (event,) = events
    told = msgspec.to_builtins(event)
    assert (told["how"], told["rating"], told["reporter_account_id"]) == ("reporter", 5, REPORTER)
    assert "亮堂" not in str(told)


@pytest.mark.parametrize("rating", [-1, 0, 6, 100])
def test_a_rating_is_one_to_five(an_issue: MakeIssue, rating: int) -> None:
    issue = resolved(joined(an_issue()))
    with pytest.raises(errors.RatingOutOfRange):
        confirm(issue, rating=rating, comment=None, by=REPORTER, at=issue.updated_at)
    with pytest.raises(errors.RatingOutOfRange):
        confirm_on_behalf(issue, rating=rating, via=Via.PHONE, by=CLERK, at=issue.updated_at)


def test_somebody_else_rates_nothing_and_learns_of_it_only_what_is_public(
    an_issue: MakeIssue,
) -> None:
    issue = resolved(joined(an_issue()))
    with pytest.raises(named.IssueNotFound):
        confirm(issue, rating=5, comment=None, by=NEIGHBOUR, at=issue.updated_at)
    public = msgspec.structs.replace(issue, public_text="楼道灯不亮")
    with pytest.raises(errors.NotTheReporter):
        confirm(public, rating=5, comment=None, by=NEIGHBOUR, at=issue.updated_at)
    with pytest.raises(errors.NotTheReporter):
        reopen_by_reporter(public, reason="还不亮", by=NEIGHBOUR, at=issue.updated_at)


def test_nobody_is_the_reporter_of_what_nobody_joined(an_issue: MakeIssue) -> None:
    issue = resolved(an_issue())
    with pytest.raises(named.IssueNotFound):
        confirm(issue, rating=5, comment=None, by=REPORTER, at=issue.updated_at)


def test_a_comment_that_reveals_a_person_is_refused(an_issue: MakeIssue) -> None:
    issue = resolved(joined(an_issue()))
    with pytest.raises(errors.TextRevealsPerson):
        confirm(issue, rating=5, comment="打13812345678", by=REPORTER, at=issue.updated_at)


def test_the_staff_confirm_for_the_reporter_and_that_is_told_apart(an_issue: MakeIssue) -> None:
    issue = resolved(joined(an_issue()))
    after, events = confirm_on_behalf(issue, rating=4, via=Via.VISIT, by=CLERK, at=issue.updated_at)
    assert after.confirmation is not None
    assert (after.confirmation.how, after.confirmation.via) == (ConfirmedHow.ON_BEHALF, Via.VISIT)
    assert msgspec.to_builtins(events[0])["how"] == "on_behalf"


def test_nobody_rates_what_they_handled(an_issue: MakeIssue) -> None:
    issue = with_round(in_progress(joined(an_issue())))
    issue, _ = resolve(issue, note="好了", photo_ids=[PHOTO], by=NEIGHBOUR, at=issue.updated_at)
    for handler in (STEWARD, NEIGHBOUR):
        with pytest.raises(errors.HandlerMayNotRate):
            confirm_on_behalf(issue, rating=5, via=Via.PHONE, by=handler, at=issue.updated_at)
    own = Reporter(account_id=STEWARD, person_key=None, joined_at=issue.reported_at, sequence=9)
    of_the_steward, _ = note_reporter(issue, own, issue.updated_at)
    with pytest.raises(errors.HandlerMayNotRate):
        confirm(of_the_steward, rating=5, comment=None, by=STEWARD, at=issue.updated_at)


def test_seven_days_of_silence_settle_it_and_not_a_second_less(an_issue: MakeIssue) -> None:
    issue = resolved(joined(an_issue()))
    over = issue.updated_at + SILENCE
    assert confirm_by_silence(issue, over - SECOND) == (issue, ())
    after, events = confirm_by_silence(issue, over)
    assert after.state == IssueState.CONFIRMED
    told = msgspec.to_builtins(events[0])
    assert (told["how"], told["rating"], told["confirmed_by"]) == ("silence", None, None)
    assert confirm_by_silence(after, over + DAY) == (after, ())


def test_the_reporter_sends_it_back_within_seven_days_of_the_confirmation(
    an_issue: MakeIssue,
) -> None:
    issue = confirmed(an_issue())
    last = issue.updated_at + REPORTERS_TIME
    with pytest.raises(errors.ReopenTooLate):
        reopen_by_reporter(issue, reason="又不亮了", by=REPORTER, at=last + SECOND)
    after, events = reopen_by_reporter(issue, reason="又不亮了", by=REPORTER, at=last)
    assert types_of(events) == ["issue.reopened"]
    assert (after.state, after.reopenings, after.confirmation) == (IssueState.REOPENED, 1, None)
    assert after.reopening is not None
    assert after.reopening.by_reporter
    assert after.reopening.confirmation == issue.confirmation
    late, _ = reopen_by_staff(issue, reason="又不亮了", by=CLERK, at=last + 99 * DAY)
    assert late.state == IssueState.REOPENED


def test_the_clock_of_a_reopened_issue_runs_on_from_where_it_stood(an_issue: MakeIssue) -> None:
    issue = resolved(an_issue())
    worked = issue.handling.elapsed(issue.updated_at)
    at = issue.updated_at + 5 * DAY
    after, _ = reopen_by_staff(issue, reason="又坏了", by=CLERK, at=at)
    assert after.handling.elapsed(at) == worked
    assert after.handling.elapsed(at + HOUR) == worked + HOUR
    assert after.handling.due_at == issue.handling.due_at + 5 * DAY


def test_a_reopened_issue_is_worked_on_resolved_and_confirmed_again(an_issue: MakeIssue) -> None:
    issue = confirmed(an_issue())
    back, _ = reopen_by_reporter(issue, reason="又坏了", by=REPORTER, at=issue.updated_at)
    again, _ = start(back, by=STEWARD, at=back.updated_at + HOUR)
    assert again.started_at == issue.started_at
    done, _ = resolve(again, note="又修好了", photo_ids=[PHOTO], by=STEWARD, at=again.updated_at)
    settled, _ = confirm(done, rating=3, comment=None, by=REPORTER, at=done.updated_at)
    assert (settled.state, settled.reopenings) == (IssueState.CONFIRMED, 1)


@pytest.mark.parametrize("reason", ["", "打13812345678"])
def test_reopening_says_why(an_issue: MakeIssue, reason: str) -> None:
    issue = resolved(an_issue())
    with pytest.raises((errors.TextInvalid, errors.TextRevealsPerson)):
        reopen_by_staff(issue, reason=reason, by=CLERK, at=issue.updated_at)


def test_a_rejection_stops_every_clock_and_may_be_taken_back(an_issue: MakeIssue) -> None:
    issue = rejected(an_issue(hazard=True))
    assert issue.handling.stopped_at == issue.updated_at
    assert issue.hazard.clock is not None
    assert issue.hazard.clock.stopped_at == issue.updated_at
    assert issue.watch_at is None
    back, _ = reopen_by_staff(issue, reason="应由社区处理", by=CLERK, at=issue.updated_at + DAY)
    assert back.rejection is None
    assert back.handling.stopped_at is None


def test_a_rejection_during_a_wait_ends_it(an_issue: MakeIssue) -> None:
    issue = waiting(an_issue())
    at = issue.updated_at + HOUR
    after, _ = reject(issue, reason="不属于社区管理范围", by=CLERK, at=at)
    assert after.waitings[0].ended_at == at


def test_a_duplicate_names_an_issue_that_goes_on(an_issue: MakeIssue) -> None:
    issue = an_issue()
    other = an_earlier(issue)
    after, events = mark_duplicate(issue, other, by=CLERK, at=issue.updated_at)
    assert after.duplication is not None
    assert after.duplication.original_id == other.id
    assert types_of(events) == ["issue.updated"]
    third = acknowledged(an_issue())
    for original in (None, third, an_earlier(after)):
        with pytest.raises(errors.OriginalUnknown):
            mark_duplicate(third, original, by=CLERK, at=third.updated_at)


@pytest.mark.parametrize("stage", [confirmed, rejected])
def test_nothing_is_closed_in_favour_of_what_is_closed(
    an_issue: MakeIssue, stage: Callable[[Issue], Issue]
) -> None:
    issue = an_issue()
    with pytest.raises(errors.OriginalUnknown):
        mark_duplicate(issue, an_earlier(stage(issue)), by=CLERK, at=issue.updated_at)
    repeats, _ = mark_duplicate(issue, an_earlier(resolved(issue)), by=CLERK, at=issue.updated_at)
    assert repeats.state == IssueState.DUPLICATE


def test_of_two_issues_only_the_later_can_repeat_the_other(an_issue: MakeIssue) -> None:
    later = an_issue()
    earlier = an_earlier(later)
    mark_duplicate(later, earlier, by=CLERK, at=later.updated_at)
    with pytest.raises(errors.OriginalUnknown):
        mark_duplicate(earlier, later, by=CLERK, at=later.updated_at)


def test_a_hazard_rejected_by_mistake_has_two_hours_again_less_what_had_gone(
    an_issue: MakeIssue,
) -> None:
    issue = an_issue(hazard=True)
    start_at = issue.reported_at
    wrong, _ = reject(issue, reason="不属于社区管理范围", by=CLERK, at=start_at + 10 * MINUTE)
    back, _ = reopen_by_staff(wrong, reason="点错了", by=CLERK, at=start_at + 20 * MINUTE)
    assert back.hazard.clock is not None
    assert back.hazard.clock.due_at == start_at + 2 * HOUR + 10 * MINUTE
    _, early = watched(back, back.hazard.clock.due_at - MINUTE)
    assert types_of(early) == ["issue.sla_at_risk"]
    _, events = watched(back, back.hazard.clock.due_at)
    assert [(event.type, event.clock) for event in events] == [  # type: ignore[attr-defined]
        ("issue.sla_at_risk.v1", "hazard"),
        ("issue.sla_breached.v1", "hazard"),
    ]


def test_a_hazard_that_is_still_there_runs_on_until_somebody_is_there_again(
    an_issue: MakeIssue,
) -> None:
    issue = resolved(an_issue(hazard=True))
    at = issue.updated_at + DAY
    back, _ = reopen_by_staff(issue, reason="还在漏电", by=CLERK, at=at)
    assert back.hazard.clock is not None
    assert back.hazard.clock.stopped_at is None
    assert back.hazard.clock.elapsed(at) == HOUR
    assert back.watch_at == back.hazard.clock.at_risk_at
    there, _ = start(back, by=STEWARD, at=at + MINUTE)
    assert there.hazard.clock is not None
    assert there.hazard.clock.stopped_at == at + MINUTE


def test_a_hazard_that_was_declined_stays_so(an_issue: MakeIssue) -> None:
    issue = an_issue(hazard=True)
    declined, _ = decline_hazard(issue, by=CLERK, at=issue.reported_at)
    back, _ = reopen_by_staff(rejected(declined), reason="又来了", by=CLERK, at=declined.updated_at)
    assert back.hazard == declined.hazard
