"""The notices of one matter leave for one person as things happened."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from outreach.domain.notices.notifications import DeliveryState
from outreach.domain.notices.turns import Standing, Turn, look_again_at, turn_of

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
PENDING, SENDING = DeliveryState.PENDING, DeliveryState.SENDING
DONE = [
    DeliveryState.DELIVERED,
    DeliveryState.UNKNOWN,
    DeliveryState.FAILED,
    DeliveryState.NO_GRANT,
]
LEFT = {DeliveryState.SENDING, DeliveryState.DELIVERED, DeliveryState.UNKNOWN}


def standing(
    number: int, state: DeliveryState = PENDING, due_at: datetime | None = None
) -> Standing:
    return Standing(
        id=f"notification_{number}",
        happened_at=START + timedelta(minutes=number),
        sequence=number,
        state=state,
        due_at=due_at,
    )


def test_the_first_leaves_at_once() -> None:
    assert turn_of(standing(1), [standing(1), standing(2)]) is Turn.NOW


def test_a_later_one_waits_for_an_earlier_one() -> None:
    for state in (PENDING, SENDING):
        assert turn_of(standing(2), [standing(1, state), standing(2)]) is Turn.LATER


def test_one_that_is_done_holds_up_none() -> None:
    for state in DONE:
        assert turn_of(standing(2), [standing(1, state), standing(2)]) is Turn.NOW


def test_one_that_came_too_late_is_not_sent_after_what_came_later() -> None:
    for state in LEFT:
        assert turn_of(standing(1), [standing(1), standing(2, state)]) is Turn.NEVER
    for state in (DeliveryState.FAILED, DeliveryState.NO_GRANT):
        assert turn_of(standing(1), [standing(1), standing(2, state)]) is Turn.NOW


def test_of_one_moment_the_sequence_says_which_is_first() -> None:
    first = Standing(id="b", happened_at=START, sequence=1, state=PENDING, due_at=None)
    second = Standing(id="a", happened_at=START, sequence=2, state=PENDING, due_at=None)

    assert turn_of(first, [first, second]) is Turn.NOW
    assert turn_of(second, [first, second]) is Turn.LATER


def test_one_that_waits_is_looked_at_when_the_earlier_one_is() -> None:
    retried_at = START + timedelta(hours=1)
    others = [standing(1, due_at=retried_at), standing(2), standing(3, due_at=START)]

    assert look_again_at(standing(2), others, START) == retried_at
    assert START < look_again_at(standing(2), [standing(1)], START) < retried_at


@given(st.lists(st.sampled_from(list(DeliveryState)), min_size=1, max_size=6))
def test_at_most_one_has_its_turn_and_all_before_it_are_done(states: list[DeliveryState]) -> None:
    standings = [standing(number, state) for number, state in enumerate(states)]
    pending = [it for it in standings if it.state is PENDING]

    ready = [it for it in pending if turn_of(it, standings) is Turn.NOW]

    assert len(ready) <= 1
    for it in ready:
        assert all(e.state not in {PENDING, SENDING} for e in standings if e.place < it.place)
        assert all(e.state not in LEFT for e in standings if e.place > it.place)
