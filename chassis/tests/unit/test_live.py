"""Following: the state now, then the latest; one read for all; a store away ends nobody's."""

import asyncio
from contextlib import aclosing

import pytest
from chassis.errors import StoreUnavailable
from chassis.live import LiveReads


class Shelf:
    """Something to read, slowly if told so."""

    def __init__(self) -> None:
        self.value = 0
        self.reads = 0
        self.reading = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()
        self.failures: list[Exception] = []

    async def read(self, key: str) -> int:
        self.reads += 1
        if self.failures:
            raise self.failures.pop()
        value = self.value
        self.reading.set()
        await self.open.wait()
        return value


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def live(shelf: Shelf) -> LiveReads[str, int]:
    return LiveReads(shelf.read)


async def test_the_state_now_comes_first_then_each_change(
    shelf: Shelf, live: LiveReads[str, int]
) -> None:
    async with aclosing(live.watch("a")) as states:
        assert await anext(states) == 0
        shelf.value = 1
        live.changed("a")
        assert await anext(states) == 1


async def test_all_who_follow_share_one_read(shelf: Shelf, live: LiveReads[str, int]) -> None:
    async with aclosing(live.watch("a")) as one, aclosing(live.watch("a")) as other:
        assert list(await asyncio.gather(anext(one), anext(other))) == [0, 0]
        reads = shelf.reads
        shelf.value = 7
        live.changed("a")
        assert list(await asyncio.gather(anext(one), anext(other))) == [7, 7]
        assert shelf.reads == reads + 1


async def test_who_is_slow_gets_the_latest_state_only(
    shelf: Shelf, live: LiveReads[str, int]
) -> None:
    async with aclosing(live.watch("a")) as slow, aclosing(live.watch("a")) as quick:
        await asyncio.gather(anext(slow), anext(quick))
        for value in (1, 2, 3):
            shelf.value = value
            live.changed("a")
            assert await anext(quick) == value
        assert await anext(slow) == 3


async def test_an_event_without_a_change_delivers_nothing(
    shelf: Shelf, live: LiveReads[str, int]
) -> None:
    async with aclosing(live.watch("a")) as states:
        await anext(states)
        waiting = asyncio.ensure_future(anext(states))
        live.changed("a")
        await asyncio.wait([waiting], timeout=0.05)
        assert not waiting.done()
        shelf.value = 1
        live.changed("a")
        assert await waiting == 1


async def test_a_change_during_a_read_is_read_again(
    shelf: Shelf, live: LiveReads[str, int]
) -> None:
    async with aclosing(live.watch("a")) as states:
        assert await anext(states) == 0
        shelf.open.clear()
        shelf.reading.clear()
        live.changed("a")
        next_state = asyncio.ensure_future(anext(states))
        await shelf.reading.wait()
        shelf.value = 5
        live.changed("a")
        shelf.open.set()
        assert await next_state == 5


async def test_other_objects_are_not_read(shelf: Shelf, live: LiveReads[str, int]) -> None:
    async with aclosing(live.watch("a")) as states:
        await anext(states)
        live.changed("b")
        assert shelf.reads == 1


async def test_after_a_gap_everything_followed_is_read_again(
    shelf: Shelf, live: LiveReads[str, int]
) -> None:
    async with aclosing(live.watch("a")) as states:
        await anext(states)
        shelf.value = 9
        live.all_changed()
        assert await anext(states) == 9


async def test_a_store_that_is_away_ends_nobodys_following(
    shelf: Shelf, live: LiveReads[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chassis.live._PAUSE_SECONDS", 0)
    async with aclosing(live.watch("a")) as states:
        await anext(states)
        shelf.failures = [StoreUnavailable(), StoreUnavailable()]
        shelf.value = 2
        live.changed("a")
        assert await anext(states) == 2


async def test_any_other_failure_is_told_to_who_follows(
    shelf: Shelf, live: LiveReads[str, int]
) -> None:
    shelf.failures = [KeyError("a bug")]
    async with aclosing(live.watch("a")) as states:
        with pytest.raises(KeyError):
            await anext(states)


async def test_nothing_is_read_once_nobody_follows(shelf: Shelf, live: LiveReads[str, int]) -> None:
    async with aclosing(live.watch("a")) as states:
        await anext(states)
    live.changed("a")
    live.all_changed()
    async with aclosing(live.watch("b")) as states:
        await anext(states)
    assert shelf.reads == 2
