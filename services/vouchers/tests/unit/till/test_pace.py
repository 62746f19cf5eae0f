"""How often one till may ask."""

import pytest
from vouchers.api.till.pace import Pace


class Ticking:
    """A monotonic clock that moves only when told."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def pace(clock: Ticking) -> Pace:
    return Pace(a_second=2, at_once=3, monotonic=clock)


def test_so_many_at_once_and_then_as_time_passes(pace: Pace, clock: Ticking) -> None:
    assert [pace.take("till_1") for _ in range(5)] == [True, True, True, False, False]
    clock.at += 1
    assert [pace.take("till_1") for _ in range(3)] == [True, True, False]


def test_a_till_that_waits_gathers_no_more_than_what_it_began_with(
    pace: Pace, clock: Ticking
) -> None:
    clock.at += 3_600
    assert [pace.take("till_1") for _ in range(4)] == [True, True, True, False]


def test_one_till_is_not_in_anothers_way(pace: Pace) -> None:
    assert [pace.take("till_1") for _ in range(4)][-1] is False
    assert pace.take("till_2")
