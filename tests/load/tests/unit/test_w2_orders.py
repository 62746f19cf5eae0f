"""A rush is drawn from its seed, and what is wrong with its answers is found."""

from collections import Counter
from collections.abc import Sequence

import pytest
from benchmarks.w2_orders import (
    CLAIMED,
    PERSON_CAP_REACHED,
    SOLD_OUT,
    Answer,
    Order,
    Rush,
    Taken,
    faults_of_answers,
    faults_of_store,
    refusals_by_code,
    winners_per_second,
)

RUSH = Rush(people=4, stock=2)
ORDERS = [Order(person, "first") for person in range(4)]


def won(voucher: str, at_milliseconds: float = 500) -> Answer:
    return Answer(CLAIMED, 5, at_milliseconds, voucher)


def refused(code: str = SOLD_OUT) -> Answer:
    return Answer(code, 5, 900)


RIGHT = [won("a"), refused(), won("b", 1_000), refused()]


def test_everybody_comes_once_and_some_again_by_both_kinds_of_request() -> None:
    rush = Rush(people=1_000, stock=100, repeats=50)

    orders = rush.orders(7)

    first = Counter(order.person for order in orders if order.request == "first")
    another = Counter(order.person for order in orders if order.request == "another")
    assert (len(first), first.total()) == (1_000, 1_050)
    assert another.total() == 50
    assert rush.orders(7) == orders
    assert rush.orders(8) != orders


def test_half_of_those_who_repeat_are_among_the_first() -> None:
    rush = Rush(people=1_000, stock=100, repeats=50)
    orders = rush.orders(7)

    early = list(dict.fromkeys(order.person for order in orders if order.request == "first"))[:110]

    another = [order.person for order in orders if order.request == "another"]
    assert sum(person in early for person in another) >= 25


def test_right_answers_have_no_fault() -> None:
    assert faults_of_answers(RUSH, ORDERS, RIGHT) == []
    taken = [Taken("a", 0, 100), Taken("b", 2, 100)]
    assert faults_of_store(ORDERS, RIGHT, taken) == []
    assert winners_per_second(RIGHT) == 2
    assert refusals_by_code(ORDERS, RIGHT) == {SOLD_OUT: 2}


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ([won("a"), refused(), won("b"), None], "1 of 4 orders were not answered"),
        ([won("a"), refused("top-level INTERNAL"), won("b"), refused()], "top-level INTERNAL"),
        ([won("a"), won("c"), won("b"), refused()], "1 vouchers more than 2"),
        ([won("a"), refused(), refused(), refused()], "1 vouchers fewer than 2"),
        (
            [won("a"), refused(PERSON_CAP_REACHED), won("b"), refused()],
            "1 requests were refused for a voucher that nobody was given",
        ),
    ],
)
def test_a_wrong_answer_is_a_fault(answers: Sequence[Answer | None], fault: str) -> None:
    (found,) = faults_of_answers(RUSH, ORDERS, answers)
    assert fault in found


def test_the_same_request_must_be_answered_alike_and_nobody_wins_twice() -> None:
    orders = [*ORDERS, Order(0, "first"), Order(2, "another")]

    unlike = faults_of_answers(RUSH, orders, [*RIGHT, refused(), refused(PERSON_CAP_REACHED)])
    assert unlike == ["1 requests that were sent twice had two answers"]
    alike = faults_of_answers(RUSH, orders, [*RIGHT, won("a"), refused(PERSON_CAP_REACHED)])
    assert alike == []
    twice = faults_of_answers(Rush(people=4, stock=3), orders, [*RIGHT, won("a"), won("c")])
    assert twice == ["1 people were given more than one voucher"]


@pytest.mark.parametrize(
    ("taken", "fault"),
    [
        ([Taken("a", 0, 1)], "1 vouchers were answered and are nobody's"),
        (
            [Taken("a", 0, 1), Taken("b", 2, 1), Taken("c", 3, 1)],
            "1 vouchers are somebody's who was not told so",
        ),
        ([Taken("a", 0, 1), Taken("b", 1, 1)], "1 vouchers are another's than who was told so"),
    ],
)
def test_what_the_store_says_otherwise_is_a_fault(taken: list[Taken], fault: str) -> None:
    assert faults_of_store(ORDERS, RIGHT, taken) == [fault]


def test_one_person_with_two_in_the_store_is_a_fault() -> None:
    taken = [Taken("a", 0, 1), Taken("b", 0, 1)]
    assert "1 people have more than one voucher" in faults_of_store(ORDERS, RIGHT, taken)
