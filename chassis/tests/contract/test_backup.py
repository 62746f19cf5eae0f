"""A database copied and put back is the same to the byte, or nothing is written."""

import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from bson import ObjectId
from chassis.backup import Backup, BackupDamaged, DatabaseNotEmpty, OtherBackup, restore
from chassis.backup_archive import Kind
from chassis.consumer_groups import GroupOffset
from chassis.mongo import DriverName, Index, Store
from chassis.testing_contents import contents

LOAVES = 300
INDEXES = [
    Index(collection="loaves", keys=(("community_id", 1), ("baked_at", -1))),
    Index(collection="loaves", keys=(("mark", 1),), unique=True, sparse=True),
    Index(collection="loaves", keys=(("slices", 1),), partial={"slices": {"$gt": 3}}),
    Index(collection="crumbs", keys=(("at", 1),), expire_after_seconds=86_400),
]
OFFSETS = [GroupOffset("linli.bakery", "mill.events", 3, 41)]
AT = datetime(2026, 11, 26, 14, 5, 6, tzinfo=UTC)


@pytest.fixture(params=["motor", "pymongo"])
async def stores(
    request: pytest.FixtureRequest, mongodb_uri: str
) -> AsyncIterator[tuple[Store, Store]]:
    """A bakery's database, and an empty one."""
    driver: DriverName = request.param
    there, empty = (
        Store.connect(mongodb_uri, f"bakery_{uuid4().hex}", driver=driver) for _ in range(2)
    )
    await there.create_indexes(INDEXES)
    await there.collection("loaves").insert_many([a_loaf(number) for number in range(LOAVES)])
    await there.collection("person_keys").insert_many(
        [{"_id": f"person_{number}", "wrapped": bytes([number]) * 40} for number in range(50)]
    )
    await there.file_bucket("photos").write("photo_1", bytes(range(256)) * 4_000)
    yield there, empty
    await there.close()
    await empty.close()


def a_loaf(number: int) -> dict[str, Any]:
    return {
        "_id": f"loaf_{number:05}",
        "community_id": "八家庄",
        "baked_at": AT,
        "slices": number % 7,
        "recipe": f"{number}" * 2_000,
        "crust": {"layers": [1, 2.5, None, True, b"\x00", ObjectId()]},
        "outbox": [{"id": str(number), "at": AT}] if number % 9 == 0 else [],
    }


async def copied(store: Store) -> tuple[io.BytesIO, io.BytesIO]:
    data, keys = io.BytesIO(), io.BytesIO()
    backup = Backup("bakery", store, now=lambda: AT)
    taken = await backup.take(data, "data", OFFSETS)
    assert taken.about.offsets == OFFSETS
    assert "person_keys" not in {each.collection for each in taken.collections}
    of_keys = await backup.take(keys, "keys")
    assert [(each.collection, each.documents) for each in of_keys.collections] == [
        ("person_keys", 50)
    ]
    data.seek(0)
    keys.seek(0)
    return data, keys


async def test_all_documents_and_indexes_are_back(stores: tuple[Store, Store]) -> None:
    there, empty = stores
    before = await contents(there)
    data, keys = await copied(there)

    manifest = await restore(Backup("bakery", empty), data, keys, None)

    assert manifest.about.taken_at == AT
    assert sum(each.documents for each in manifest.collections) == sum(
        len(documents) for name, (documents, _) in before.items() if name != "person_keys"
    )
    assert await contents(empty) == before
    assert await contents(there) == before
    assert await empty.missing_indexes(INDEXES) == []
    assert await empty.file_bucket("photos").read("photo_1") == bytes(range(256)) * 4_000


async def test_without_the_keys_all_but_the_keys_is_back(stores: tuple[Store, Store]) -> None:
    there, empty = stores
    before = await contents(there)
    data, _ = await copied(there)
    await restore(Backup("bakery", empty), data, None, None)
    assert await contents(empty) == {k: v for k, v in before.items() if k != "person_keys"}


async def test_indexes_that_are_there_already_are_no_documents(stores: tuple[Store, Store]) -> None:
    there, empty = stores
    data, keys = await copied(there)
    await empty.create_indexes(INDEXES)
    await restore(Backup("bakery", empty), data, keys, None)
    assert await contents(empty) == await contents(there)


async def test_a_database_that_holds_anything_stays_as_it_is(stores: tuple[Store, Store]) -> None:
    there, other = stores
    data, keys = await copied(there)
    await other.collection("crumbs").insert_one({"_id": "crumb_1", "at": AT})
    before = await contents(other)
    with pytest.raises(DatabaseNotEmpty, match="crumbs holds documents"):
        await restore(Backup("bakery", other), data, keys, None)
    assert await contents(other) == before


def damaged(whole: bytes) -> dict[str, bytes]:
    middle = len(whole) // 2
    return {
        "empty": b"",
        "no backup": b"PK" + whole[2:],
        "another version": whole.replace(b"BACKUP 1", b"BACKUP 2", 1),
        "cut off": whole[:middle],
        "cut off before its end": whole[: whole.rindex(b"Z")],
        "a byte is another": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "a byte of its end is another": whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:],
        "something follows": whole + whole[-30:],
        "a length of four gigabytes": whole[:16] + b"\xff\xff\xff\xff" + whole[20:],
    }


@pytest.mark.parametrize("which", damaged(b"LINLI BACKUP 1\nxxxxxxxxxxxxxZxx"))
async def test_a_damaged_file_is_refused_with_nothing_written(
    stores: tuple[Store, Store], which: str
) -> None:
    there, empty = stores
    data, keys = await copied(there)
    bad_data = io.BytesIO(damaged(data.getvalue())[which])
    bad_keys = io.BytesIO(damaged(keys.getvalue())[which])
    for files in ((bad_data, keys), (data, bad_keys)):
        for file in (data, keys, bad_data, bad_keys):
            file.seek(0)
        with pytest.raises(BackupDamaged):
            await restore(Backup("bakery", empty), *files, None)
        assert await empty.collection_names() == []


@pytest.mark.parametrize(("service", "kind"), [("mill", "data"), ("bakery", "keys")])
async def test_another_services_backup_and_the_other_kind_are_refused(
    stores: tuple[Store, Store], service: str, kind: Kind
) -> None:
    there, empty = stores
    file = io.BytesIO()
    await Backup(service, there).take(file, kind)
    file.seek(0)
    with pytest.raises(OtherBackup, match=f"the {kind} of {service}"):
        await restore(Backup("bakery", empty), file, None, None)
    assert await empty.collection_names() == []
