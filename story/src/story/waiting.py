"""Waiting for a real effect: look again and again, up to a deadline."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from story.stopped import StoryStopped

T = TypeVar("T")

# An effect that crosses services, with time for a killed process to come back.
EFFECT_WITHIN_SECONDS = 60.0
_LOOK_EVERY_SECONDS = 0.1


async def until(
    expected: str,
    look: Callable[[], Awaitable[T]],
    is_there: Callable[[T], bool],
    *,
    within_seconds: float = EFFECT_WITHIN_SECONDS,
) -> T:
    """Return what was seen when it was as expected.

    Raises: StoryStopped when the deadline is over, with what was seen last.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within_seconds
    while True:
        seen = await look()
        if is_there(seen):
            return seen
        if loop.time() > deadline:
            raise StoryStopped(f"within {within_seconds:g} s: {expected}", seen)
        await asyncio.sleep(_LOOK_EVERY_SECONDS)
