"""Clocks count exactly what they are to count, whatever rests in between."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from issues.domain.clocks import AT_RISK_SHARE, Clock, ClockKind, ClockState, start_clock

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

minutes = st.integers(min_value=0, max_value=5_000).map(lambda n: timedelta(minutes=n))
allowances = st.integers(min_value=5, max_value=20_000).map(lambda n: timedelta(minutes=n))
rests = st.lists(st.tuples(minutes, minutes, st.one_of(st.none(), minutes)), max_size=6)


def after_rests(clock: Clock, rests_: list[tuple[timedelta, timedelta, timedelta | None]]) -> Clock:
    """Work, then rest up to a moment, and go on before it where a time is given; again."""
    now = clock.started_at
    for work, rest, early in rests_:
        now += work
        clock = clock.pause(now, now + rest)
        ends = now + rest
        if early is not None and now + early < ends:
            ends = now + early
            clock = clock.resume(ends)
        now = ends
    return clock


def counted(clock: Clock, at: datetime) -> timedelta:
    """What a clock that is read minute by minute would have counted."""
    moment, total = clock.started_at, timedelta()
    for pause in clock.pauses:
        total += max(timedelta(), min(at, pause.started_at) - moment)
        moment = min(at, pause.ends_at)
    return total + max(timedelta(), at - moment)


@given(allowances, rests)
def test_the_time_is_up_when_all_of_it_has_been_counted(
    allowed: timedelta, rests_: list[tuple[timedelta, timedelta, timedelta | None]]
) -> None:
    clock = after_rests(start_clock(ClockKind.HANDLING, START, allowed), rests_)
    assert clock.elapsed(clock.due_at) == allowed
    assert clock.elapsed(clock.at_risk_at) == allowed * AT_RISK_SHARE
    just_before = clock.due_at - timedelta(minutes=1)
    assert clock.elapsed(just_before) in (allowed, allowed - timedelta(minutes=1))


@given(allowances, rests, minutes)
def test_elapsed_is_what_a_stopwatch_shows(
    allowed: timedelta,
    rests_: list[tuple[timedelta, timedelta, timedelta | None]],
    later: timedelta,
) -> None:
    clock = after_rests(start_clock(ClockKind.HANDLING, START, allowed), rests_)
    at = START + later
    assert clock.elapsed(at) == counted(clock, at)
    assert timedelta() <= clock.elapsed(at) <= later


@given(allowances, rests, minutes)
def test_overdue_is_beyond_the_time_allowed_and_nothing_else(
    allowed: timedelta,
    rests_: list[tuple[timedelta, timedelta, timedelta | None]],
    later: timedelta,
) -> None:
    clock = after_rests(start_clock(ClockKind.HANDLING, START, allowed), rests_)
    at = START + later
    assert (clock.state(at) == ClockState.OVERDUE) == (clock.elapsed(at) > allowed)


@given(allowances, allowances, rests)
def test_another_allowance_is_as_if_it_had_been_promised_from_the_start(
    first: timedelta,
    second: timedelta,
    rests_: list[tuple[timedelta, timedelta, timedelta | None]],
) -> None:
    changed = after_rests(start_clock(ClockKind.HANDLING, START, first), rests_).with_allowance(
        second
    )
    assert changed == after_rests(start_clock(ClockKind.HANDLING, START, second), rests_)


@given(allowances, minutes, minutes)
def test_a_clock_that_runs_on_has_not_counted_while_it_stood(
    allowed: timedelta, worked: timedelta, stood: timedelta
) -> None:
    clock = start_clock(ClockKind.HANDLING, START, allowed)
    again = START + worked + stood
    assert clock.stop(START + worked).run_on(again).elapsed(again) == worked


def test_a_pause_ends_by_itself() -> None:
    clock = start_clock(ClockKind.HANDLING, START, 10 * HOUR).pause(START + HOUR, START + 3 * HOUR)
    assert clock.state(START + 2 * HOUR) == ClockState.PAUSED
    assert clock.state(START + 3 * HOUR) == ClockState.RUNNING
    assert clock.due_at == START + 12 * HOUR
    assert clock.resume(START + 5 * HOUR) == clock


def test_going_on_early_brings_the_moments_back() -> None:
    clock = start_clock(ClockKind.HANDLING, START, 10 * HOUR).pause(START + HOUR, START + 9 * HOUR)
    resumed = clock.resume(START + 2 * HOUR)
    assert resumed.due_at == START + 11 * HOUR
    assert resumed.at_risk_at == START + 9 * HOUR
    assert resumed.state(START + 2 * HOUR) == ClockState.RUNNING


def test_what_ran_out_before_the_pause_has_run_out() -> None:
    clock = start_clock(ClockKind.HANDLING, START, HOUR)
    rested = clock.pause(START + 2 * HOUR, START + 5 * HOUR)
    assert rested.due_at == clock.due_at
    assert rested.state(START + 3 * HOUR) == ClockState.OVERDUE


def test_stopping_during_a_pause_ends_it() -> None:
    clock = start_clock(ClockKind.HANDLING, START, 2 * HOUR).pause(START + HOUR, START + 9 * HOUR)
    stopped = clock.stop(START + 4 * HOUR)
    assert stopped.elapsed(START + 9 * HOUR) == HOUR
    assert stopped.state(START + 9 * HOUR) == ClockState.STOPPED
    assert stopped.due_at == START + 5 * HOUR
    assert stopped.stop(START + 8 * HOUR) == stopped


def test_a_running_clock_cannot_be_made_to_run_on() -> None:
    clock = start_clock(ClockKind.HANDLING, START, HOUR)
    assert clock.run_on(START + HOUR) == clock


@pytest.mark.parametrize("until", [START, START - HOUR])
def test_a_pause_without_length_is_none(until: datetime) -> None:
    clock = start_clock(ClockKind.HANDLING, START, HOUR)
    assert clock.pause(START, until) == clock


def test_a_clock_that_lags_behind_ends_a_pause_as_soon_as_it_began() -> None:
    clock = start_clock(ClockKind.HANDLING, START, 10 * HOUR)
    paused = clock.pause(START + HOUR, START + 9 * HOUR)
    assert paused.resume(START + HOUR - timedelta(seconds=1)) == clock
