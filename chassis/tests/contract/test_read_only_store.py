"""A store that is only read: every write is refused before the driver hears of it."""

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from uuid import uuid4

import bson
import pytest
from chassis.errors import ReadOnly, StoreUnavailable, Unavailable
from chassis.lease import Lease
from chassis.mongo import Collection, DriverName, FileBucket, Index, Store
from chassis.testing_contents import contents

THERE = {"_id": "loaf_1", "slices": 3}
BY_SLICES = Index(collection="loaves", keys=(("slices", 1),))
BY_WEIGHT = Index(collection="loaves", keys=(("weight", 1),))
WRITES: dict[str, Callable[[Collection], Awaitable[Any]]] = {
    "insert_one": lambda loaves: loaves.insert_one({"_id": "loaf_2"}),
    "insert_many": lambda loaves: loaves.insert_many([{"_id": "loaf_2"}]),
    "insert_missing": lambda loaves: loaves.insert_missing([{"_id": "loaf_2"}]),
    "update_one": lambda loaves: loaves.update_one({}, {"$set": {"slices": 4}}, upsert=True),
    "update_many": lambda loaves: loaves.update_many({}, {"$set": {"slices": 4}}),
    "update_each": lambda loaves: loaves.update_each([({}, {"$set": {"slices": 4}})]),
    "delete_one": lambda loaves: loaves.delete_one({}),
    "delete_many": lambda loaves: loaves.delete_many({}),
    "insert_raw": lambda loaves: loaves.insert_raw([bson.encode({"_id": "loaf_2"})]),
    "create_index_as": lambda loaves: loaves.create_index_as({"key": {"weight": 1}, "name": "w"}),
    "create_index": lambda loaves: loaves.create_index(BY_WEIGHT),
}
READS = {"find", "find_one", "count", "aggregate", "watch", "indexes", "each_raw"}
PLANS = {"explain_find", "explain_aggregate"}


@pytest.fixture(params=["motor", "pymongo"])
async def stores(
    request: pytest.FixtureRequest, mongodb_uri: str
) -> AsyncIterator[tuple[Store, Store]]:
    """The same database, as it is and to be read alone."""
    driver: DriverName = request.param
    name = f"bakery_{uuid4().hex}"
    store = Store.connect(mongodb_uri, name, driver=driver)
    read_only = Store.connect(mongodb_uri, name, driver=driver, read_only=True)
    await store.create_indexes([BY_SLICES])
    await store.collection("loaves").insert_one({**THERE})
    await store.file_bucket("photos").write("photo_1", b"crust")
    yield store, read_only
    await store.close()
    await read_only.close()


@pytest.mark.parametrize("write", WRITES.values(), ids=list(WRITES))
async def test_a_write_is_refused_and_nothing_is_written(
    stores: tuple[Store, Store], write: Callable[[Collection], Awaitable[Any]]
) -> None:
    store, read_only = stores
    before = await contents(store)
    with pytest.raises(ReadOnly):
        await write(read_only.collection("loaves"))
    assert await contents(store) == before
    await write(store.collection("loaves"))
    assert await contents(store) != before, "what was refused would have written"


async def test_files_are_read_and_neither_written_nor_deleted(stores: tuple[Store, Store]) -> None:
    store, read_only = stores
    before, photos = await contents(store), read_only.file_bucket("photos")
    for refused in (photos.write("photo_2", b"crumb"), photos.delete("photo_1")):
        with pytest.raises(ReadOnly):
            await refused
    assert await photos.read("photo_1") == b"crust"
    assert await contents(store) == before


async def test_reads_go_on(stores: tuple[Store, Store]) -> None:
    _, read_only = stores
    loaves = read_only.collection("loaves")
    assert await loaves.find({}) == [THERE]
    assert await loaves.find_one({"slices": 3}) == THERE
    assert await loaves.count({}) == 1
    assert await loaves.aggregate([{"$match": {"slices": 3}}]) == [THERE]
    await read_only.ping()


async def test_indexes_that_are_there_are_no_write(stores: tuple[Store, Store]) -> None:
    """Else a release that only sets READ_ONLY could not run its migration."""
    store, read_only = stores
    before = await contents(store)
    await read_only.create_indexes([BY_SLICES])
    assert await read_only.missing_indexes([BY_SLICES, BY_WEIGHT]) == [BY_WEIGHT]
    with pytest.raises(ReadOnly):
        await read_only.create_indexes([BY_SLICES, BY_WEIGHT])
    assert await contents(store) == before


async def test_a_lease_is_nobodys(stores: tuple[Store, Store]) -> None:
    store, read_only = stores
    worked = False

    async def work(_: object) -> None:
        nonlocal worked
        worked = True

    assert not await Lease(read_only, "sweep").run_if_free(work)
    assert not worked
    assert "leases" not in await store.collection_names()


def test_every_call_that_there_is_is_known_to_read_or_to_write() -> None:
    calls = {
        name
        for name, each in inspect.getmembers(Collection, inspect.isfunction)
        if not name.startswith("_")
    }
    assert calls == READS | PLANS | WRITES.keys()
    files = {name for name, _ in inspect.getmembers(FileBucket, inspect.isfunction)}
    assert {name for name in files if not name.startswith("_")} == {"write", "read", "delete"}


def test_who_copes_with_a_store_away_copes_with_this() -> None:
    assert issubclass(ReadOnly, StoreUnavailable)
    assert issubclass(ReadOnly, Unavailable)
    assert ReadOnly.code == "UNAVAILABLE"
    assert ReadOnly().message == "系统正在维护，暂时只能查看，不能提交，请稍后再试。"
