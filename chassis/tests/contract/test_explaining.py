"""A read without an index, or far from what it finds, is caught; by either driver."""

from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import uuid4

import pytest
from chassis.mongo import DriverName, Index, Store
from chassis.testing_explain import KEYS_FOR_A_ROW, Recorded, assert_indexed, walks_sorted

Read = Callable[[Recorded], Awaitable[object]]

LOAVES = 90
INDEXES = [
    Index(collection="loaves", keys=(("baker", 1), ("baked_at", 1))),
    Index(collection="loaves", keys=(("shelf", 1),)),
]
BURNT = {"burnt": True}
MINE = {"baker": "baker_1"}


@pytest.fixture(params=["motor", "pymongo"])
async def store(request: pytest.FixtureRequest, mongodb_uri: str) -> AsyncIterator[Store]:
    driver: DriverName = request.param
    store = Store.connect(mongodb_uri, f"bakery_{uuid4().hex}", driver=driver)
    await store.create_indexes(INDEXES)
    yield store
    await store.close()


@pytest.fixture
async def loaves(store: Store) -> Recorded:
    """Three bakers' loaves on two shelves, one of them burnt."""
    loaves = Recorded(store.collection("loaves"))
    await loaves.insert_many(
        [
            {
                "_id": number,
                "baker": f"baker_{number % 3}",
                "baked_at": number,
                "shelf": number // 45,
                "burnt": number == 40,
            }
            for number in range(LOAVES)
        ]
    )
    return loaves


async def test_every_read_is_answered_and_explained(loaves: Recorded) -> None:
    found = await loaves.find(MINE, fields={"shelf": 1})
    one = await loaves.find_one({"_id": 40}, fields={"baker": 1})
    counts = await loaves.count(MINE), await loaves.count(MINE, limit=3)
    by_shelf = await loaves.aggregate(
        [{"$match": MINE}, {"$group": {"_id": "$shelf", "loaves": {"$sum": 1}}}]
    )

    assert found == [{"_id": number, "shelf": number // 45} for number in range(1, LOAVES, 3)]
    assert one == {"_id": 40, "baker": "baker_1"}
    assert counts == (30, 3)
    assert {each["_id"]: each["loaves"] for each in by_shelf} == {0: 15, 1: 15}
    assert len(loaves.plans) == 5
    assert_indexed(loaves.plans, strictly=True)


async def test_a_page_of_a_sorted_list_walks_its_index(store: Store, loaves: Recorded) -> None:
    last = (await loaves.find(MINE, sort=(("baked_at", -1),), limit=5))[-1]
    earlier = {**MINE, "baked_at": {"$lt": last["baked_at"]}}
    await loaves.find(earlier, sort=(("baked_at", -1),), limit=5)
    await loaves.find_one(MINE, sort=(("baked_at", -1),))

    assert_indexed(loaves.plans, strictly=await walks_sorted(store))


@pytest.mark.parametrize(
    "read",
    [
        lambda loaves: loaves.find(BURNT),
        lambda loaves: loaves.find_one(BURNT),
        lambda loaves: loaves.count(BURNT),
        lambda loaves: loaves.aggregate([{"$match": BURNT}, {"$sort": {"baked_at": 1}}]),
        lambda loaves: loaves.find({"$or": [MINE, BURNT]}),
    ],
    ids=["find", "find_one", "count", "aggregate", "half of it"],
)
async def test_a_collection_scan_is_caught(loaves: Recorded, read: Read) -> None:
    await loaves.find(MINE)
    await read(loaves)

    with pytest.raises(AssertionError, match=r"^COLLSCAN: "):
        assert_indexed(loaves.plans, strictly=True)
    assert_indexed(loaves.plans, strictly=False)


@pytest.mark.parametrize(
    "read",
    [
        lambda loaves: loaves.find(MINE, sort=(("burnt", 1),), limit=5),
        lambda loaves: loaves.find_one(MINE, sort=(("shelf", -1), ("burnt", 1))),
    ],
    ids=["find", "find_one"],
)
async def test_a_sort_in_memory_is_caught(loaves: Recorded, read: Read) -> None:
    await read(loaves)

    with pytest.raises(AssertionError, match=r"^SORT: "):
        assert_indexed(loaves.plans, strictly=True)
    assert_indexed(loaves.plans, strictly=False)


async def test_a_long_search_is_caught(store: Store, loaves: Recorded) -> None:
    await loaves.find({"shelf": 0, **BURNT})

    # the simpler store reads all where a condition goes beyond one index
    fault = "45 keys examined for 1" if await walks_sorted(store) else "COLLSCAN"
    with pytest.raises(AssertionError, match=f"^{fault}"):
        assert_indexed(loaves.plans, strictly=True)


@pytest.mark.parametrize(
    ("where", "most"), [(MINE, 30 * KEYS_FOR_A_ROW), ({"baker": "nobody"}, KEYS_FOR_A_ROW)]
)
async def test_keys_are_bounded_by_what_is_found(
    loaves: Recorded, where: dict[str, str], most: int
) -> None:
    await loaves.find(where)
    (plan,) = loaves.plans

    plan["executionStats"]["totalKeysExamined"] = most
    assert_indexed([plan], strictly=True)
    plan["executionStats"]["totalKeysExamined"] = most + 1
    with pytest.raises(AssertionError, match=f"^{most + 1} keys examined"):
        assert_indexed([plan], strictly=True)


@pytest.mark.parametrize("strictly", [True, False])
async def test_what_explains_nothing_is_caught(loaves: Recorded, strictly: bool) -> None:
    with pytest.raises(AssertionError, match=r"^nothing was explained"):
        assert_indexed(loaves.plans, strictly=strictly)

    await loaves.find(MINE)
    (plan,) = loaves.plans
    plan["queryPlanner"]["winningPlan"] = {}
    with pytest.raises(AssertionError, match=r"^no stage"):
        assert_indexed([plan], strictly=strictly)


async def test_collections_may_share_where_plans_go(store: Store, loaves: Recorded) -> None:
    ovens = Recorded(store.collection("ovens"), loaves.plans)

    await loaves.find(MINE)
    await ovens.find({"_id": "oven_1"})

    spoken = [plan["queryPlanner"]["namespace"].split(".")[-1] for plan in loaves.plans]
    assert spoken == ["loaves", "ovens"]
