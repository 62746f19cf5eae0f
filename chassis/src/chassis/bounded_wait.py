"""Waiting, but not for ever."""

import asyncio
from collections.abc import Awaitable


async def within(seconds: float, closing: Awaitable[object]) -> bool:
    """Wait for something to close, so long at most; False if it did not.

    For clients whose closing talks to a server that may be away: what closing raises of that
    kind (OSError, a timeout) says the same as not having closed in time.
    """
    try:
        async with asyncio.timeout(seconds):
            await closing
    except (TimeoutError, OSError):
        return False
    return True
