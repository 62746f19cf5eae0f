"""What holds for aggregates in memory holds for those in a store, by either driver."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from typing import ClassVar
from uuid import uuid4

import msgspec
import pytest
from chassis.aggregates import Aggregates, Event
from chassis.errors import BadUserInput, RequestIdReused
from chassis.mongo import DriverName, Index, Store
from chassis.requests import Request
from chassis.testing import REQUESTS, FrozenClock, MemoryAggregates


class LoafNotFound(Exception):
    code = "LOAF_NOT_FOUND"
    message = "找不到这个面包。"


class LoafSold(Exception):
    code = "LOAF_SOLD"
    message = "面包已售出。"


class LoafBaked(msgspec.Struct, frozen=True):
    type: ClassVar[str] = "loaf.baked.v1"
    loaf_id: str


class SliceSold(msgspec.Struct, frozen=True):
    type: ClassVar[str] = "slice.sold.v1"
    loaf_id: str
    left: int


class Loaf(msgspec.Struct, frozen=True):
    id: str
    community_id: str
    slices: int
    version: int = 0

    def sell(self) -> tuple["Loaf", Sequence[Event]]:
        if self.slices == 0:
            raise LoafSold
        left = msgspec.structs.replace(self, slices=self.slices - 1)
        return left, [SliceSold(self.id, left.slices)]


Loaves = Aggregates[Loaf] | MemoryAggregates[Loaf]
RYE = Loaf(id="loaf_rye", community_id="bakery_1", slices=3)


@pytest.fixture(params=["memory", "motor", "pymongo"])
async def loaves(request: pytest.FixtureRequest) -> AsyncIterator[Loaves]:
    if request.param == "memory":
        yield MemoryAggregates[Loaf](lambda _: LoafNotFound())
        return
    driver: DriverName = request.param
    uri: str = request.getfixturevalue("mongodb_uri")
    store = Store.connect(uri, f"loaves_{uuid4().hex}", driver=driver)
    yield Aggregates(
        store,
        "loaves",
        Loaf,
        topic="bakery.events",
        not_found=lambda _: LoafNotFound(),
        now=FrozenClock(),
    )
    await store.close()


def asked(request_id: str, **inputs: object) -> Request:
    return REQUESTS.request_for("baker", request_id, **inputs)


async def test_a_new_aggregate_is_read_back_at_version_one(loaves: Loaves) -> None:
    await loaves.add(RYE, [LoafBaked(RYE.id)])

    assert await loaves.get("bakery_1", "loaf_rye") == msgspec.structs.replace(RYE, version=1)


async def test_adding_again_returns_what_is_there(loaves: Loaves) -> None:
    await loaves.add(RYE)
    await loaves.change("bakery_1", RYE.id, Loaf.sell)

    again = await loaves.add(RYE)

    assert (again.slices, again.version) == (2, 2)


async def test_a_request_id_used_again_with_other_input_is_refused(loaves: Loaves) -> None:
    await loaves.add(RYE, request=asked("r1", slices=3))

    with pytest.raises(RequestIdReused):
        await loaves.add(RYE, request=asked("r1", slices=4))

    assert (await loaves.get("bakery_1", RYE.id)).version == 1


async def test_a_repeated_request_changes_nothing(loaves: Loaves) -> None:
    await loaves.add(RYE)
    first = await loaves.change("bakery_1", RYE.id, Loaf.sell, request=asked("r1"))

    second = await loaves.change("bakery_1", RYE.id, Loaf.sell, request=asked("r1"))

    assert first == second
    assert second.slices == 2


async def test_a_change_under_a_reused_request_id_is_refused(loaves: Loaves) -> None:
    await loaves.add(RYE)
    await loaves.change("bakery_1", RYE.id, Loaf.sell, request=asked("r1", slices=1))

    with pytest.raises(RequestIdReused):
        await loaves.change("bakery_1", RYE.id, Loaf.sell, request=asked("r1", slices=2))

    assert (await loaves.get("bakery_1", RYE.id)).slices == 2


async def test_a_refused_transition_writes_nothing(loaves: Loaves) -> None:
    await loaves.add(msgspec.structs.replace(RYE, slices=0))

    with pytest.raises(LoafSold):
        await loaves.change("bakery_1", RYE.id, Loaf.sell, request=asked("r1"))

    assert (await loaves.get("bakery_1", RYE.id)).version == 1


async def test_a_transition_to_the_same_state_writes_nothing(loaves: Loaves) -> None:
    await loaves.add(RYE)

    await loaves.change("bakery_1", RYE.id, lambda loaf: (loaf, []))

    assert (await loaves.get("bakery_1", RYE.id)).version == 1


async def test_a_request_that_changed_nothing_is_remembered_too(loaves: Loaves) -> None:
    await loaves.add(RYE)
    await loaves.change("bakery_1", RYE.id, lambda loaf: (loaf, []), request=asked("r1", slices=0))

    with pytest.raises(RequestIdReused):
        await loaves.change("bakery_1", RYE.id, Loaf.sell, request=asked("r1", slices=1))

    assert (await loaves.get("bakery_1", RYE.id)).slices == 3


@pytest.mark.parametrize(("bakery", "loaf"), [("bakery_1", "loaf_x"), ("bakery_2", RYE.id)])
async def test_anothers_aggregate_is_as_unknown_as_none(
    loaves: Loaves, bakery: str, loaf: str
) -> None:
    await loaves.add(RYE)

    with pytest.raises(LoafNotFound):
        await loaves.get(bakery, loaf)
    with pytest.raises(LoafNotFound):
        await loaves.change(bakery, loaf, Loaf.sell)

    assert await loaves.get_many(bakery, [loaf]) == [None]
    assert (await loaves.get("bakery_1", RYE.id)).version == 1


async def test_many_are_read_in_the_order_asked(loaves: Loaves) -> None:
    for name in ("a", "b"):
        await loaves.add(Loaf(id=name, community_id="bakery_1", slices=1))

    found = await loaves.get_many("bakery_1", ["b", "none", "a"])

    assert [loaf.id if loaf else None for loaf in found] == ["b", None, "a"]


async def test_racing_changes_all_count_and_none_is_lost(loaves: Loaves) -> None:
    await loaves.add(msgspec.structs.replace(RYE, slices=5))

    outcomes = await asyncio.gather(
        *(loaves.change("bakery_1", RYE.id, Loaf.sell) for _ in range(7)), return_exceptions=True
    )

    assert sum(isinstance(outcome, LoafSold) for outcome in outcomes) == 2
    assert (await loaves.get("bakery_1", RYE.id)).slices == 0


async def test_racing_repeats_of_one_request_count_once(loaves: Loaves) -> None:
    await loaves.add(RYE)

    await asyncio.gather(
        *(loaves.change("bakery_1", RYE.id, Loaf.sell, request=asked("r1")) for _ in range(5))
    )

    assert (await loaves.get("bakery_1", RYE.id)).slices == 2


@pytest.fixture(params=["motor", "pymongo"])
async def stored(request: pytest.FixtureRequest, mongodb_uri: str) -> AsyncIterator[Store]:
    store = Store.connect(mongodb_uri, f"loaves_{uuid4().hex}", driver=request.param)
    yield store
    await store.close()


def shelf(store: Store) -> Aggregates[Loaf]:
    not_found: Callable[[str], Exception] = lambda _: LoafNotFound()  # noqa: E731
    return Aggregates(
        store, "loaves", Loaf, topic="bakery.events", not_found=not_found, now=FrozenClock()
    )


async def test_events_lie_in_the_document_of_their_aggregate(stored: Store) -> None:
    loaves = shelf(stored)
    await loaves.add(RYE, [LoafBaked(RYE.id)])
    await loaves.change("bakery_1", RYE.id, Loaf.sell)

    document = await stored.collection("loaves").find_one({"_id": RYE.id})

    assert document is not None
    assert [(event["type"], event["sequence"]) for event in document["outbox"]] == [
        ("loaf.baked.v1", 1),
        ("slice.sold.v1", 2),
    ]
    assert document["outbox"][1]["data"] == {"loaf_id": RYE.id, "left": 2}


async def test_pages_walk_the_whole_list_once_in_order(stored: Store) -> None:
    loaves = shelf(stored)
    await stored.create_indexes(
        [Index(collection="loaves", keys=(("community_id", 1), ("slices", -1), ("_id", -1)))]
    )
    for number in range(7):
        await loaves.add(Loaf(id=f"l{number}", community_id="bakery_1", slices=number // 2))

    seen: list[tuple[int, str]] = []
    after = None
    while True:
        page = await loaves.page(
            {"community_id": "bakery_1"}, sort=(("slices", -1), ("_id", -1)), first=2, after=after
        )
        seen += [(loaf.slices, loaf.id) for loaf in page.items]
        if not page.has_next_page:
            break
        after = page.cursors[-1]

    assert seen == sorted(((n // 2, f"l{n}") for n in range(7)), reverse=True)


async def test_pages_stay_within_a_range_of_the_sorted_field(stored: Store) -> None:
    loaves = shelf(stored)
    for number in range(6):
        await loaves.add(Loaf(id=f"l{number}", community_id="bakery_1", slices=number))
    few = {"community_id": "bakery_1", "slices": {"$gte": 1, "$lt": 4}}

    first = await loaves.page(few, sort=(("slices", 1), ("_id", 1)), first=2)
    rest = await loaves.page(
        few, sort=(("slices", 1), ("_id", 1)), first=2, after=first.cursors[-1]
    )

    assert [loaf.slices for loaf in first.items + rest.items] == [1, 2, 3]


async def test_a_cursor_of_another_list_is_refused(stored: Store) -> None:
    with pytest.raises(BadUserInput):
        await shelf(stored).page(
            {"community_id": "bakery_1"}, sort=(("slices", 1), ("_id", 1)), first=2, after=(1,)
        )
