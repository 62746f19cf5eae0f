"""For tests: wait for a real effect, with a deadline, never for a fixed time."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable

_POLL_SECONDS = 0.02


async def until(
    condition: Callable[[], object | Awaitable[object]], *, within_seconds: float = 10
) -> object:
    """Ask again and again until the answer is true. Returns: that answer. Raises: TimeoutError."""
    async with asyncio.timeout(within_seconds):
        while True:
            answer = condition()
            if inspect.isawaitable(answer):
                answer = await answer
            if answer:
                return answer
            await asyncio.sleep(_POLL_SECONDS)
