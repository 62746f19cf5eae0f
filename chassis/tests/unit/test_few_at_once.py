import asyncio

import pytest
from chassis.few_at_once import FewAtOnce


class _Failed(Exception):
    pass


async def test_so_many_are_under_way_at_once_and_all_are_done_in_the_end() -> None:
    under_way, most, done = 0, 0, 0

    async def work() -> None:
        nonlocal under_way, most, done
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0)
        under_way -= 1
        done += 1

    async with FewAtOnce(3) as few:
        for _ in range(10):
            await few.begin(work())
    assert (most, done) == (3, 10)


async def test_a_failure_is_raised_and_ends_the_rest() -> None:
    was_cancelled = False

    async def waits() -> None:
        nonlocal was_cancelled
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            was_cancelled = True
            raise

    async def fails() -> None:
        raise _Failed

    async def all_of_it() -> None:
        async with FewAtOnce(2) as few:
            await few.begin(waits())
            await few.begin(fails())
            await few.begin(waits())

    with pytest.raises(_Failed):
        await all_of_it()
    assert was_cancelled


async def test_a_failure_at_the_end_is_raised_too() -> None:
    async def fails() -> None:
        raise _Failed

    with pytest.raises(_Failed):
        async with FewAtOnce(2) as few:
            await few.begin(fails())


async def test_what_is_under_way_is_over_when_the_body_fails() -> None:
    over = asyncio.Event()

    async def waits() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            over.set()

    async def all_of_it() -> None:
        async with FewAtOnce(2) as few:
            await few.begin(waits())
            await asyncio.sleep(0)
            raise _Failed

    with pytest.raises(_Failed):
        await all_of_it()
    assert over.is_set()


async def test_what_somebody_else_cancelled_is_not_done() -> None:
    async def gives_up() -> None:
        raise asyncio.CancelledError

    async def all_of_it() -> None:
        async with FewAtOnce(1) as few:
            await few.begin(gives_up())

    with pytest.raises(asyncio.CancelledError):
        await all_of_it()
