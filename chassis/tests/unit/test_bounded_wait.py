"""Closing what may not close."""

import asyncio

import pytest
from chassis.bounded_wait import within


async def test_what_closes_in_time_has_closed() -> None:
    assert await within(1, asyncio.sleep(0))


async def test_what_hangs_is_left_after_the_time() -> None:
    assert not await within(0.01, asyncio.Event().wait())


async def test_what_fails_has_not_closed() -> None:
    async def fail() -> None:
        raise ConnectionError

    assert not await within(1, fail())


async def test_a_client_that_cancels_itself_does_not_cancel_its_caller() -> None:
    async def cancel_itself() -> None:
        raise asyncio.CancelledError

    assert not await within(1, cancel_itself())


async def test_the_callers_own_cancellation_ends_the_wait_and_the_closing() -> None:
    closing = asyncio.ensure_future(asyncio.Event().wait())
    waiting = asyncio.create_task(within(60, closing))
    await asyncio.wait([waiting], timeout=0.01)

    waiting.cancel()

    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.wait([closing], timeout=1)
    assert closing.cancelled()
