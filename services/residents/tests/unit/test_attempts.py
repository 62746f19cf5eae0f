"""Whatever the moments chosen, nobody is let try more often than the limit."""

from datetime import timedelta

from chassis.testing import FrozenClock
from hypothesis import given
from hypothesis import strategies as st
from residents.domain.attempts import LOCK_LIFETIME, USERNAME_LIMIT, LoginAttempts
from residents.domain.errors import AccountLocked

PAUSES = st.lists(st.integers(min_value=0, max_value=1_200), max_size=60)


@given(pauses=PAUSES)
def test_no_more_failures_than_the_limit_before_a_quarter_of_an_hour_of_rest(
    pauses: list[int],
) -> None:
    now = FrozenClock()
    attempts = LoginAttempts.none_yet("a", limit=USERNAME_LIMIT, at=now())
    tried, waits = [], []
    for seconds in pauses:
        now.advance(seconds=seconds)
        try:
            attempts, _ = attempts.begin(now())
        except AccountLocked as locked:
            waits.append(locked.locked_until - now())
        else:
            tried.append(now())

    assert all(timedelta(0) < wait <= LOCK_LIFETIME for wait in waits)
    for first, beyond in zip(tried, tried[USERNAME_LIMIT:], strict=False):
        assert beyond - first >= LOCK_LIFETIME


@given(failures=st.integers(min_value=0, max_value=USERNAME_LIMIT - 1))
def test_a_success_takes_back_only_itself_or_everything(failures: int) -> None:
    now = FrozenClock()
    attempts = LoginAttempts.none_yet("a", limit=USERNAME_LIMIT, at=now())
    for _ in range(failures):
        attempts, _ = attempts.begin(now() + timedelta(seconds=1))
    began, _ = attempts.begin(now() + timedelta(seconds=2))

    assert began.take_back()[0].failures == failures
    assert began.take_back()[0].locked_until is None
    assert began.clear()[0].failures == 0
