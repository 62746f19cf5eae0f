"""Files are written once and whole, by either driver."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from chassis.errors import StoreUnavailable
from chassis.mongo import DriverName, DuplicateKey, Store

PICTURE_OF_A_LOAF = bytes(range(256)) * 3000
"""Several chunks."""


@pytest.fixture(params=["motor", "pymongo"])
async def store(request: pytest.FixtureRequest, mongodb_uri: str) -> AsyncIterator[Store]:
    driver: DriverName = request.param
    store = Store.connect(mongodb_uri, f"bakery_{uuid4().hex}", driver=driver)
    yield store
    await store.close()


@pytest.mark.parametrize("content", [b"", b"x", PICTURE_OF_A_LOAF], ids=["empty", "short", "long"])
async def test_a_file_is_read_as_it_was_written(store: Store, content: bytes) -> None:
    files = store.file_bucket("loaves")
    await files.write("file_rye", content)
    assert await files.read("file_rye") == content


async def test_what_is_not_there_is_none(store: Store) -> None:
    files = store.file_bucket("loaves")
    assert await files.read("file_rye") is None
    await files.write("file_rye", b"x")
    assert await store.file_bucket("rolls").read("file_rye") is None


async def test_a_file_is_written_once(store: Store) -> None:
    files = store.file_bucket("loaves")
    await files.write("file_rye", PICTURE_OF_A_LOAF)
    with pytest.raises(DuplicateKey):
        await files.write("file_rye", b"another")
    assert await files.read("file_rye") == PICTURE_OF_A_LOAF


async def test_a_deleted_file_is_gone_with_its_pieces(store: Store) -> None:
    files = store.file_bucket("loaves")
    await files.write("file_rye", PICTURE_OF_A_LOAF)
    await files.write("file_roll", b"x")
    for _ in range(2):
        await files.delete("file_rye")
        assert await files.read("file_rye") is None
        assert await store.collection("loaves.chunks").count({"files_id": "file_rye"}) == 0
    assert await files.read("file_roll") == b"x"


async def test_pieces_of_an_interrupted_write_are_no_file_and_are_deleted(store: Store) -> None:
    files, pieces = store.file_bucket("loaves"), store.collection("loaves.chunks")
    await pieces.insert_one({"_id": "piece", "files_id": "file_rye", "n": 0, "data": b"x"})
    assert await files.read("file_rye") is None
    await files.delete("file_rye")
    assert await pieces.count({}) == 0


async def test_a_file_that_lost_a_piece_is_none(store: Store) -> None:
    files, pieces = store.file_bucket("loaves"), store.collection("loaves.chunks")
    await files.write("file_rye", PICTURE_OF_A_LOAF)
    await pieces.delete_one({"files_id": "file_rye", "n": 1})
    assert await files.read("file_rye") is None


async def test_a_store_that_is_away_is_named() -> None:
    store = Store.connect("mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=50", "bakery")
    files = store.file_bucket("loaves")
    with pytest.raises(StoreUnavailable):
        await files.read("file_rye")
    with pytest.raises(StoreUnavailable):
        await files.write("file_rye", b"x")
    with pytest.raises(StoreUnavailable):
        await files.delete("file_rye")
    await store.close()
