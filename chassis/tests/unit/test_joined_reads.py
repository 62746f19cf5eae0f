"""Reads that are wanted at the same time are one query; each caller gets what is true for them."""

import asyncio
from collections.abc import Sequence

import pytest
from chassis.errors import StoreUnavailable
from chassis.joined_reads import JoinedReads
from chassis.testing_waits import until


class Shelf:
    """Counts its reads, each answered when the door is open."""

    def __init__(self) -> None:
        self.loaves = {"a": 1, "b": 2, "c": 3}
        self.reads: list[tuple[str, list[str]]] = []
        self.door = asyncio.Event()
        self.door.set()
        self.joined = JoinedReads(self._read)

    async def _read(self, community_id: str, ids: Sequence[str]) -> dict[str, int]:
        self.reads.append((community_id, list(ids)))
        found = {each: self.loaves[each] for each in ids if each in self.loaves}
        await self.door.wait()
        if "mouldy" in ids:
            raise ValueError("mouldy")
        if "locked" in ids:
            raise StoreUnavailable
        return found


async def test_who_asks_in_the_same_breath_shares_a_query() -> None:
    shelf = Shelf()
    first, second = await asyncio.gather(
        shelf.joined.by_id("c1", ["a", "b"]), shelf.joined.by_id("c1", ["b", "none"])
    )
    assert shelf.reads == [("c1", ["a", "b", "none"])]
    assert (first["a"], first["b"]) == (1, 2)
    assert (second["b"], second.get("none")) == (2, None)


async def test_who_asks_beside_other_work_shares_it_too() -> None:
    shelf = Shelf()

    async def beside_other_work(loaf: str) -> None:
        await asyncio.gather(shelf.joined.by_id("c1", [loaf]), asyncio.sleep(0))

    await asyncio.gather(shelf.joined.by_id("c1", ["a"]), beside_other_work("b"))
    await asyncio.gather(beside_other_work("b"), shelf.joined.by_id("c1", ["a"]))

    assert shelf.reads == [("c1", ["a", "b"])] * 2


async def test_a_query_under_way_is_not_joined_since_it_may_not_know_what_was_written() -> None:
    shelf = Shelf()
    shelf.door.clear()
    early = asyncio.create_task(shelf.joined.by_id("c1", ["a"]))
    await until(lambda: len(shelf.reads) == 1)
    shelf.loaves["a"] = 7
    late = [asyncio.create_task(shelf.joined.by_id("c1", [each])) for each in ("a", "b")]
    await asyncio.sleep(0)
    assert len(shelf.reads) == 1
    shelf.door.set()
    assert (await early)["a"] == 1
    assert [(await task).get("a") for task in late] == [7, 7]
    assert shelf.reads[1:] == [("c1", ["a", "b"])]


async def test_no_query_asks_for_two_communities() -> None:
    shelf = Shelf()
    await asyncio.gather(shelf.joined.by_id("c1", ["a"]), shelf.joined.by_id("c2", ["a"]))
    assert sorted(shelf.reads) == [("c1", ["a"]), ("c2", ["a"])]


async def test_what_cannot_be_read_harms_those_alone_who_asked_for_it() -> None:
    shelf = Shelf()
    good, bad = await asyncio.gather(
        shelf.joined.by_id("c1", ["a"]),
        shelf.joined.by_id("c1", ["mouldy"]),
        return_exceptions=True,
    )
    assert good == {"a": 1}
    assert isinstance(bad, ValueError)
    with pytest.raises(ValueError, match="mouldy"):
        await shelf.joined.by_id("c1", ["mouldy"])
    assert (await shelf.joined.by_id("c1", ["b"])) == {"b": 2}


async def test_a_store_that_is_away_is_not_asked_by_each_again() -> None:
    shelf = Shelf()
    found = await asyncio.gather(
        shelf.joined.by_id("c1", ["a"]),
        shelf.joined.by_id("c1", ["locked"]),
        return_exceptions=True,
    )
    assert [type(each) for each in found] == [StoreUnavailable, StoreUnavailable]
    assert len(shelf.reads) == 1


async def test_whoever_waits_for_the_next_query_is_told_at_once_that_the_store_is_away() -> None:
    shelf = Shelf()
    shelf.door.clear()
    early = asyncio.create_task(shelf.joined.by_id("c1", ["locked"]))
    await until(lambda: len(shelf.reads) == 1)
    late = [asyncio.create_task(shelf.joined.by_id("c1", [each])) for each in ("a", "b")]
    await asyncio.sleep(0)
    shelf.door.set()
    found = await asyncio.gather(early, *late, return_exceptions=True)
    assert [type(each) for each in found] == [StoreUnavailable] * 3
    assert len(shelf.reads) == 1
    assert (await shelf.joined.by_id("c1", ["a"])) == {"a": 1}


async def test_who_goes_away_takes_nobody_along() -> None:
    shelf = Shelf()
    shelf.door.clear()
    leaving = asyncio.create_task(shelf.joined.by_id("c1", ["a"]))
    staying = asyncio.create_task(shelf.joined.by_id("c1", ["b"]))
    await until(lambda: len(shelf.reads) == 1)
    leaving.cancel()
    await asyncio.wait([leaving])
    shelf.door.set()
    assert (await staying)["b"] == 2
    assert leaving.cancelled()


async def test_a_query_does_not_grow_without_end() -> None:
    shelf = Shelf()
    many = [f"loaf_{number}" for number in range(501)]
    few, _ = await asyncio.gather(shelf.joined.by_id("c1", ["a"]), shelf.joined.by_id("c1", many))
    assert few == {"a": 1}
    assert [len(ids) for _, ids in shelf.reads] == [1, 501]


async def test_what_is_too_much_for_one_query_is_joined_by_the_next() -> None:
    shelf = Shelf()
    full = [f"loaf_{number}" for number in range(499)]
    await asyncio.gather(
        shelf.joined.by_id("c1", full),
        *(shelf.joined.by_id("c1", [each]) for each in "aabbcc"),
    )
    assert [len(ids) for _, ids in shelf.reads] == [500, 2]
