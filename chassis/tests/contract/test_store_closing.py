"""A process whose store is away can still end in order."""

import asyncio
from collections.abc import Callable

import pytest
from chassis.mongo import DriverName, Store
from local_stack.store import Store as StoreServer

DRIVERS_OWN_WAIT_SECONDS = 30


@pytest.mark.parametrize("driver", ["motor", "pymongo"])
async def test_a_store_that_went_away_is_closed_without_waiting_for_it(
    driver: DriverName, start_store: Callable[[], StoreServer]
) -> None:
    server = start_store()
    store = Store.connect(server.uri, "away", driver=driver)
    await store.collection("loaves").insert_one({"_id": "rye"})
    server.kill()
    loop = asyncio.get_running_loop()
    since = loop.time()

    await store.close()

    assert loop.time() - since < DRIVERS_OWN_WAIT_SECONDS / 2
