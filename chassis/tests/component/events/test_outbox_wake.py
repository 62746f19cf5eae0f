"""What wakes the relay, with either driver."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import suppress

import pytest
from chassis.ids import new_id
from chassis.mongo import DriverName, Store
from chassis.outbox_wake import OutboxWake

from .conftest import Bakery, eventually, running


@pytest.fixture(params=["motor", "pymongo"])
async def store(mongodb_uri: str, request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    driver: DriverName = request.param
    store = Store.connect(mongodb_uri, new_id("test"), driver=driver)
    yield store
    await store.close()


async def test_a_write_of_another_process_wakes_and_the_relays_own_pull_does_not(
    bakery: Bakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Idle for longer than the driver's timeout first: the stream must outlive it."""
    monkeypatch.setattr("chassis.outbox_wake._POLL_WATCHED_SECONDS", 60.0)
    loaf = await bakery.bake()
    wake = OutboxWake([bakery.loaves.collection])

    async def watched() -> bool:
        return wake._watched == 1

    async with running(wake.watch()):
        with suppress(TimeoutError):
            async with asyncio.timeout(6):
                while True:
                    wake.take()
                    await wake.wait(cost_seconds=0)

        await eventually(watched)
        await wakes(wake, bakery.bake())
        await wakes(wake, bakery.slice(loaf.id))

        wake.take()
        await bakery.loaves.collection.update_many({}, {"$pull": {"outbox": {"sequence": 1}}})
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await wake.wait(cost_seconds=0)


async def wakes(wake: OutboxWake, write: Awaitable[object]) -> None:
    wake.take()
    await write
    async with asyncio.timeout(3):
        await wake.wait(cost_seconds=0)


async def test_only_what_was_written_to_is_looked_at_and_now_and_then_all(bakery: Bakery) -> None:
    loaves, others = bakery.loaves.collection, bakery.store.collection("others")
    now = 0.0
    wake = OutboxWake([others, loaves], monotonic=lambda: now)
    assert wake.take() == [others, loaves]

    async def told() -> bool:
        return bool(wake._changed)

    async def watched() -> bool:
        return wake._watched == 2

    async with running(wake.watch()):
        await eventually(watched)
        wake.take()
        await bakery.bake()
        await eventually(told)
        assert wake.take() == [loaves]
        assert wake.take() == []
        wake.look_again(others)
        assert wake.take() == [others]
        now += 1.0
        assert wake.take() == [others, loaves]


async def test_where_nothing_can_be_watched_the_floor_is_short(bakery: Bakery) -> None:
    wake = OutboxWake([bakery.loaves.collection])

    async with asyncio.timeout(0.4):
        await wake.wait(cost_seconds=0)


async def test_the_relay_and_the_consumer_work_on_either_driver(bakery: Bakery) -> None:
    async with bakery.relaying():
        loaf = await bakery.bake(sliced=2)
        await eventually(bakery.nothing_waits)

    assert await bakery.told_sequences() == {loaf.id: [1, 2, 3]}
