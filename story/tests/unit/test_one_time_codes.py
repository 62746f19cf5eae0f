"""Each one-time code is used once."""

import pyotp
import pytest
from story.one_time_codes import code_of, next_step, seconds_until_accepted

NOON = 1_795_000_010.0  # 20 s into its step
STEP = int(NOON) // 30


def test_the_present_code_is_taken_where_none_was_used() -> None:
    assert next_step(0, now=lambda: NOON) == STEP
    assert next_step(STEP - 5, now=lambda: NOON) == STEP


def test_a_used_code_is_not_taken_again() -> None:
    assert next_step(STEP, now=lambda: NOON) == STEP + 1


@pytest.mark.parametrize(("step", "seconds"), [(STEP, 0), (STEP + 1, 0), (STEP + 2, 10)])
def test_a_code_is_accepted_one_step_early(step: int, seconds: float) -> None:
    assert NOON % 30 == 20
    assert seconds_until_accepted(step, now=lambda: NOON) == seconds


def test_the_code_is_the_one_of_rfc_6238() -> None:
    secret = pyotp.random_base32()
    assert code_of(secret, STEP) == pyotp.TOTP(secret).at(STEP * 30)
