"""Waiting, but not for ever."""

import asyncio
from collections.abc import Awaitable

import structlog

_log = structlog.get_logger(__name__)
_LETTING_GO_SECONDS = 1.0


async def within(seconds: float, closing: Awaitable[object]) -> bool:
    """Wait for something to close, so long at most; False if it did not, or not cleanly.

    It runs as a task of its own: clients cancel tasks of theirs while they close, and such a
    cancellation must not become the caller's.
    """
    task = asyncio.ensure_future(closing)
    try:
        await asyncio.wait([task], timeout=seconds)
    finally:
        if not task.done():
            task.cancel()
    await asyncio.wait([task], timeout=_LETTING_GO_SECONDS)
    if not task.done() or task.cancelled():
        return False
    error = task.exception()
    if error is not None:
        _log.info("not closed cleanly", error=type(error).__name__)
    return error is None
