"""Who asks while a read is under way shares the next one."""

import asyncio
from collections.abc import Sequence

import pytest
from chassis.errors import StoreUnavailable
from chassis.reading_together import ReadingTogether
from chassis.testing_waits import until


class Shelf:
    """Reads when told to, and remembers what was read together."""

    def __init__(self) -> None:
        self.reads: list[list[str]] = []
        self.may_answer = asyncio.Event()
        self.failure: Exception | None = None
        self.edition = 1

    async def read(self, keys: Sequence[str]) -> Sequence[str]:
        self.reads.append(list(keys))
        found = [f"{key}{self.edition}" for key in keys]
        await self.may_answer.wait()
        if self.failure is not None:
            raise self.failure
        return found


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


async def begun(shelf: Shelf, reads: int) -> None:
    """So many reads have begun."""
    await until(lambda: len(shelf.reads) >= reads)


async def test_who_asks_at_the_same_time_is_read_for_once(shelf: Shelf) -> None:
    together = ReadingTogether(shelf.read)
    shelf.may_answer.set()

    assert await asyncio.gather(*(together(key) for key in "aba")) == ["a1", "b1", "a1"]
    assert shelf.reads == [["a", "b"]]


async def test_who_asks_during_a_read_is_told_what_a_later_one_finds(shelf: Shelf) -> None:
    together = ReadingTogether(shelf.read)
    early = asyncio.create_task(together("a"))
    await begun(shelf, 1)
    shelf.edition = 2
    late = [asyncio.create_task(together(key)) for key in "ac"]
    await asyncio.sleep(0)
    shelf.may_answer.set()

    assert await early == "a1"
    assert [await each for each in late] == ["a2", "c2"]
    assert shelf.reads == [["a"], ["a", "c"]]


async def test_a_failure_is_told_to_those_who_asked_and_the_next_are_read_for(
    shelf: Shelf,
) -> None:
    together = ReadingTogether(shelf.read)
    shelf.failure = StoreUnavailable()
    shelf.may_answer.set()
    failed = await asyncio.gather(together("a"), together("b"), return_exceptions=True)
    assert [type(each) for each in failed] == [StoreUnavailable, StoreUnavailable]

    shelf.failure = None
    assert await together("a") == "a1"


async def test_who_goes_away_takes_nothing_from_the_others(shelf: Shelf) -> None:
    together = ReadingTogether(shelf.read)
    going, staying = (asyncio.create_task(together("a")) for _ in range(2))
    await begun(shelf, 1)
    going.cancel()
    shelf.may_answer.set()

    assert await staying == "a1"
    with pytest.raises(asyncio.CancelledError):
        await going


async def test_one_after_another_is_a_read_each(shelf: Shelf) -> None:
    together = ReadingTogether(shelf.read)
    shelf.may_answer.set()

    assert [await together("a"), await together("a")] == ["a1", "a1"]
    assert shelf.reads == [["a"], ["a"]]
