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


async def test_after_a_failure_what_is_under_way_comes_to_its_end_and_no_more_is_begun() -> None:
    done: list[str] = []
    may_end = asyncio.Event()

    async def ends_later(name: str) -> None:
        await may_end.wait()
        done.append(name)

    async def fails() -> None:
        asyncio.get_running_loop().call_soon(may_end.set)
        raise _Failed

    async def all_of_it() -> None:
        async with FewAtOnce(2) as few:
            await few.begin(ends_later("under way"))
            await few.begin(fails())
            await few.begin(ends_later("not begun"))

    with pytest.raises(_Failed):
        await all_of_it()
    assert done == ["under way"]


async def test_a_failure_at_the_end_is_raised_too() -> None:
    async def fails() -> None:
        raise _Failed

    with pytest.raises(_Failed):
        async with FewAtOnce(2) as few:
            await few.begin(fails())


async def test_what_is_under_way_is_done_when_the_body_fails() -> None:
    done = False

    async def ends() -> None:
        nonlocal done
        await asyncio.sleep(0)
        done = True

    async def all_of_it() -> None:
        async with FewAtOnce(2) as few:
            await few.begin(ends())
            raise _Failed

    with pytest.raises(_Failed):
        await all_of_it()
    assert done


async def test_who_is_cancelled_cancels_what_is_under_way_and_waits_for_it() -> None:
    began, over = asyncio.Event(), asyncio.Event()

    async def waits() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            over.set()

    async def all_of_it() -> None:
        async with FewAtOnce(2) as few:
            await few.begin(waits())

    whole = asyncio.create_task(all_of_it())
    await began.wait()
    whole.cancel()
    with pytest.raises(asyncio.CancelledError):
        await whole
    assert over.is_set()


async def test_what_somebody_else_cancelled_is_not_done() -> None:
    async def gives_up() -> None:
        raise asyncio.CancelledError

    async def all_of_it() -> None:
        async with FewAtOnce(1) as few:
            await few.begin(gives_up())

    with pytest.raises(asyncio.CancelledError):
        await all_of_it()
