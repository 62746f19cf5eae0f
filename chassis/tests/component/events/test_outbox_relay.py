"""The relay on a real store and a real broker."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaConnectionError
from chassis.lease import Lease
from chassis.outbox import NOT_EMPTY, Relay

from .conftest import Bakery, eventually, running

RELAY_PROCESS = """
import asyncio, sys
from chassis.kafka_access import KafkaAccess
from chassis.mongo import Store
from chassis.lease import Lease
from chassis.outbox import Relay

async def main(uri, database, broker, service):
    store = Store.connect(uri, database)
    await Relay(
        service=service, kafka=KafkaAccess(broker), store=store, collections=["loaves"],
        batch=5, lease=Lease(store, "outbox-relay", seconds=2),
    ).run()

asyncio.run(main(*sys.argv[1:]))
"""


def first_times(sequences: list[int]) -> list[int]:
    """The order in which each was told for the first time."""
    return list(dict.fromkeys(sequences))


async def test_events_are_published_in_order_and_leave_the_outbox(bakery: Bakery) -> None:
    async with bakery.relaying():
        loaves = [await bakery.bake(sliced=5) for _ in range(4)]
        await eventually(bakery.nothing_waits)

    told = await bakery.told_sequences()
    assert told == {loaf.id: [1, 2, 3, 4, 5, 6] for loaf in loaves}
    for loaf in loaves:
        assert await bakery.loaves.get(loaf.community_id, loaf.id) == loaf


async def test_what_was_written_before_the_relay_ran_is_published(
    bakery: Bakery,
) -> None:
    loaves = [await bakery.bake(sliced=1) for _ in range(30)]

    async with bakery.relaying():
        await eventually(bakery.nothing_waits)

    assert await bakery.told_sequences() == {loaf.id: [1, 2] for loaf in loaves}


async def test_two_relays_publish_each_event_once(bakery: Bakery) -> None:
    async with bakery.relaying(), bakery.relaying():
        loaves = await asyncio.gather(*(bakery.bake(sliced=3) for _ in range(20)))
        await eventually(bakery.nothing_waits)

    assert await bakery.told_sequences() == {loaf.id: [1, 2, 3, 4] for loaf in loaves}


async def test_another_relay_goes_on_at_once_where_one_was_stopped(bakery: Bakery) -> None:
    loaf = await bakery.bake()
    async with bakery.relaying():
        await eventually(bakery.nothing_waits)
    await bakery.slice(loaf.id)

    async with bakery.relaying():
        await eventually(bakery.nothing_waits, seconds=5)

    assert await bakery.told_sequences() == {loaf.id: [1, 2]}


class FlakyProducer:
    """A real producer that loses its broker in the middle of a batch, twice."""

    failures_left = 2

    def __init__(self, bootstrap_servers: str) -> None:
        self._real = AIOKafkaProducer(
            bootstrap_servers=bootstrap_servers, acks="all", enable_idempotence=True
        )
        self._sends = 0

    async def start(self) -> None:
        await self._real.start()

    async def send(self, topic: str, **message: Any) -> Awaitable[object]:
        self._sends += 1
        if self._sends == 4 and FlakyProducer.failures_left:
            FlakyProducer.failures_left -= 1
            raise KafkaConnectionError
        answer: Awaitable[object] = await self._real.send(topic, **message)
        return answer

    async def stop(self) -> None:
        await self._real.stop()


async def test_a_producer_that_fails_in_mid_batch_loses_nothing_and_keeps_the_order(
    bakery: Bakery,
) -> None:
    loaves = [await bakery.bake(sliced=2) for _ in range(5)]
    relay = Relay(
        service=bakery.name,
        kafka=bakery.kafka,
        store=bakery.store,
        collections=["loaves"],
        make_producer=lambda: FlakyProducer(bakery.kafka.bootstrap_servers),
    )

    async with running(relay.run()):
        await eventually(bakery.nothing_waits)

    assert FlakyProducer.failures_left == 0
    told = await bakery.told_sequences()
    assert {loaf: first_times(each) for loaf, each in told.items()} == {
        loaf.id: [1, 2, 3] for loaf in loaves
    }


async def test_an_event_too_large_for_kafka_holds_up_its_own_key_only(bakery: Bakery) -> None:
    huge = await bakery.bake()
    await bakery.loaves.collection.update_one(
        {"_id": huge.id}, {"$set": {"outbox.0.data.note": "x" * 2_000_000}}
    )
    loaf = await bakery.bake(sliced=1)

    async def only_the_huge_one_waits() -> None:
        waiting = await bakery.loaves.collection.find({"outbox.0": {"$exists": True}})
        assert [document["_id"] for document in waiting] == [huge.id]

    async with bakery.relaying():
        await eventually(only_the_huge_one_waits)

    assert await bakery.told_sequences() == {loaf.id: [1, 2]}


async def test_a_relay_killed_while_publishing_loses_nothing(
    bakery: Bakery, mongodb_uri: str
) -> None:
    """Killed at a moment that the topic shows to be in mid-work; it may repeat, in order."""
    loaves = [await bakery.bake(sliced=9) for _ in range(60)]
    database = bakery.store._database.name

    async def relay_process() -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            RELAY_PROCESS,
            mongodb_uri,
            database,
            bakery.kafka.bootstrap_servers,
            bakery.name,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )

    async def so_many_told(count: int) -> bool:
        return len(await bakery.told()) >= count

    for enough in (1, 200, 400):
        process = await relay_process()
        try:
            await eventually(partial(so_many_told, enough), seconds=30)
        finally:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
            await process.wait()

    relay = Relay(
        service=bakery.name,
        kafka=bakery.kafka,
        store=bakery.store,
        collections=["loaves"],
        lease=Lease(bakery.store, "outbox-relay", seconds=2),
    )
    async with running(relay.run()):
        await eventually(bakery.nothing_waits, seconds=30)

    told = await bakery.told_sequences()
    assert {loaf: first_times(each) for loaf, each in told.items()} == {
        loaf.id: list(range(1, 11)) for loaf in loaves
    }


@pytest.mark.parametrize("entries", [0, 1, 50])
async def test_the_search_for_outboxes_walks_its_index(bakery: Bakery, entries: int) -> None:
    for _ in range(entries):
        await bakery.bake()
    plan = await bakery.loaves.collection.explain_find(
        NOT_EMPTY, sort=(("outbox.at", 1),), limit=200
    )

    assert "COLLSCAN" not in str(plan["queryPlanner"]["winningPlan"])
    assert "IXSCAN" in str(plan["queryPlanner"]["winningPlan"])
