"""What is shown one by one, what is counted, and what led to what."""

from hypothesis import given
from hypothesis import strategies as st
from story.page.chain import causes, grouped, in_detail
from story.page.told import Told

from .cast import (
    ACCEPTED,
    BOUND,
    COMMENT,
    EVENTS,
    INTAKE,
    ISSUE,
    MOVED,
    RECEIVED,
    REPORT,
    REPORTED,
    STEPS,
    TAKERS,
    event,
)


def test_the_chain_is_shown_and_the_archive_counted_but_for_what_the_chain_names() -> None:
    shown = in_detail(REPORT, EVENTS)

    assert shown == [BOUND, RECEIVED, ACCEPTED, REPORTED]
    (group,) = grouped(EVENTS, shown)
    assert (group.service, group.type, group.count) == ("residents", "household.changed.v1", 5)
    assert (group.first, group.last) == (MOVED[0].time, MOVED[-1].time)


def test_the_archives_events_of_a_later_step_are_shown() -> None:
    issued = event(43, "residents", "account.roles_changed.v1", "account_x", of_trace=4)

    assert issued in in_detail(REPORT, [*EVENTS, issued])


def test_an_event_follows_from_the_event_that_its_service_heard_or_from_the_step() -> None:
    found = causes(STEPS, EVENTS, TAKERS)

    assert found[RECEIVED.id] is None
    assert found[ACCEPTED.id] == STEPS[3]
    assert found[REPORTED.id] == ACCEPTED


def test_events_of_one_write_follow_from_the_same_and_not_from_each_other() -> None:
    beside = event(42, "issues", "issue.updated.v1", ISSUE, of_trace=4, span=41, at=41)

    assert causes(STEPS, [ACCEPTED, beside], TAKERS)[beside.id] == STEPS[3]


def test_of_several_heard_the_one_with_an_id_in_common_is_the_cause() -> None:
    other = event(40, "outreach", "comment.received.v1", COMMENT, of_trace=4)
    later = event(41, "outreach", "comment.received.v1", "comment_other", of_trace=4)
    accepted = event(42, "issues", "intake.accepted.v1", INTAKE, of_trace=4, comment_id=COMMENT)

    found = causes(STEPS, [other, later, accepted], TAKERS)

    assert found[accepted.id] == other


def test_nothing_follows_from_what_its_service_does_not_hear() -> None:
    unheard = event(40, "vouchers", "voucher.claimed.v1", ISSUE, of_trace=4)

    assert causes(STEPS, [unheard, REPORTED], TAKERS)[REPORTED.id] == STEPS[3]


@given(st.permutations(EVENTS))
def test_causes_do_not_hang_on_the_order_of_reading(events: list[Told]) -> None:
    assert causes(STEPS, events, TAKERS) == causes(STEPS, EVENTS, TAKERS)


def test_what_a_poll_found_is_the_cause_of_what_a_consumer_began_with_it() -> None:
    polled = event(31, "outreach", "comment.received.v1", COMMENT)
    other = event(32, "outreach", "comment.received.v1", "comment_other")
    accepted = event(33, "issues", "intake.accepted.v1", INTAKE, of_trace=99, comment_id=COMMENT)
    by_clock = event(34, "issues", "issue.sla_at_risk.v1", ISSUE, comment_id=COMMENT)

    found = causes(STEPS, [polled, other, accepted, by_clock], TAKERS)

    assert found[accepted.id] == polled
    assert found[by_clock.id] is None


def test_what_two_requests_of_a_step_led_to_does_not_follow_from_each_other() -> None:
    second = event(42, "issues", "issue.updated.v1", ISSUE, of_trace=4, request=2, issue_id=ISSUE)
    found = causes(STEPS, [ACCEPTED, second], TAKERS)

    assert found[ACCEPTED.id] == found[second.id] == STEPS[3]
