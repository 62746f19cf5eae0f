"""One-time codes of staff logins. Each is good once, so the step last used is remembered."""

import asyncio
import time
from collections.abc import Callable

import pyotp

STEP_SECONDS = 30

# Services accept the code of the step before and after the present one.
_STEPS_EARLY = 1


def present_step(now: Callable[[], float] = time.time) -> int:
    """Return the number of the 30-second step that it is now."""
    return int(now()) // STEP_SECONDS


def code_of(totp_secret: str, step: int) -> str:
    """Return the code of a step."""
    return pyotp.TOTP(totp_secret).generate_otp(step)


def next_step(last_used_step: int, *, now: Callable[[], float] = time.time) -> int:
    """Return the first step from the present one on whose code was not used."""
    return max(present_step(now), last_used_step + 1)


def seconds_until_accepted(step: int, *, now: Callable[[], float] = time.time) -> float:
    """Return how long it takes until a step's code is accepted, 0 if it is now."""
    return max(0.0, (step - _STEPS_EARLY) * STEP_SECONDS - now())


async def wait_until_accepted(step: int) -> None:
    """Wait for the clock to come to where the step's code is accepted."""
    # The clock of the day may be set meanwhile, so it is read again.
    while (seconds := seconds_until_accepted(step)) > 0:  # noqa: ASYNC110
        await asyncio.sleep(seconds)
