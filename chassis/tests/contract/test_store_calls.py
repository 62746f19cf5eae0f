"""What a store is sent is counted command by command, by either driver."""

from uuid import uuid4

import pytest
from chassis.mongo import DriverName, Store
from chassis.testing_pages import StoreCalls

MORE_THAN_ONE_BATCH = 150


@pytest.mark.parametrize("driver", ["motor", "pymongo"])
async def test_every_command_is_counted_once(driver: DriverName, mongodb_uri: str) -> None:
    calls = StoreCalls()
    name = f"bakery_{uuid4().hex}"
    store = Store.connect(mongodb_uri, name, driver=driver, on_command=calls.note)
    loaves = store.collection("loaves")
    await loaves.insert_many([{"_id": number} for number in range(MORE_THAN_ONE_BATCH)])
    assert calls.taken() == {"loaves.insert": 1}

    assert len(await loaves.find({})) == MORE_THAN_ONE_BATCH
    await loaves.find_one({"_id": 1})
    await store.collection("ovens").aggregate([{"$match": {"_id": 1}}])
    assert len(await loaves.aggregate([{"$match": {}}])) == MORE_THAN_ONE_BATCH

    assert calls.taken() == {
        "loaves.find": 2, "loaves.aggregate": 1, "loaves.getMore": 1, "ovens.aggregate": 1,
    }  # fmt: skip
    assert calls.taken() == {}
    await store.close()
