"""Waiting for a real effect: look again and again, up to a deadline."""

import asyncio
import time
from collections.abc import Callable
from typing import Any


def by_and_by(
    is_so: Callable[[], bool], within_seconds: float = 30, every_seconds: float = 0.05
) -> None:
    """Wait until a condition holds, in a test that is no coroutine.

    Raises: AssertionError when the deadline is over.
    """
    deadline = time.monotonic() + within_seconds
    while not is_so():
        assert time.monotonic() < deadline, _complaint(within_seconds)
        time.sleep(every_seconds)


async def eventually(
    is_so: Callable[[], Any], within_seconds: float = 30, every_seconds: float = 0.2
) -> None:
    """Wait until a condition holds; it may be a coroutine function.

    Raises: AssertionError when the deadline is over.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within_seconds
    while True:
        seen = is_so()
        if await seen if asyncio.iscoroutine(seen) else seen:
            return
        assert loop.time() < deadline, _complaint(within_seconds)
        await asyncio.sleep(every_seconds)


def _complaint(seconds: float) -> str:
    return f"did not become so within {seconds:g} s"
