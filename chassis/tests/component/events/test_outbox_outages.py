"""The relay and the consumer when a broker or a store goes away."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from chassis.consumer import Listener, NotJoined
from chassis.events import Received
from chassis.kafka_access import KafkaAccess
from chassis.mongo import Store
from local_stack.kafka import Kafka
from local_stack.store import Store as StoreServer

from .conftest import Bakery, LoafSliced, eventually, running

StartKafka = Callable[[], Kafka]


class Counted:
    """Remembers each loaf's sequences in the order in which they arrive."""

    def __init__(self) -> None:
        self.heard: dict[str, list[int]] = {}

    async def __call__(self, event: Received[Any]) -> None:
        self.heard.setdefault(event.subject, []).append(event.sequence)

    def first_times(self) -> dict[str, list[int]]:
        return {loaf: list(dict.fromkeys(each)) for loaf, each in self.heard.items()}


async def write_through_an_outage(
    store: Store, kafka: Kafka, stop: Callable[[], None], *, seconds: float
) -> None:
    """Slice a loaf before, during and after the outage; everything arrives, in order."""
    bakery = Bakery(store, KafkaAccess(kafka.bootstrap_servers))
    await bakery.open()
    counted = Counted()
    loaves = [await bakery.bake() for _ in range(3)]
    slices = 1

    async def slice_all() -> None:
        nonlocal slices
        slices += 1
        for loaf in loaves:
            await bakery.slice(loaf.id)

    async def all_heard() -> None:
        expected = list(range(2, slices + 1))
        assert counted.first_times() == {loaf.id: expected for loaf in loaves}

    async with (
        bakery.relaying(),
        bakery.listening(Listener(bakery.topic, LoafSliced, counted)),
    ):
        await slice_all()
        await eventually(all_heard)

        await asyncio.to_thread(stop)
        back_at = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < back_at:
            await slice_all()
            await asyncio.sleep(seconds / 40)
        await asyncio.to_thread(kafka.start)

        await slice_all()
        await eventually(all_heard, seconds=30)
        await eventually(bakery.nothing_waits)


async def test_a_killed_broker_costs_nothing(store: Store, start_kafka: StartKafka) -> None:
    kafka = start_kafka()
    await write_through_an_outage(store, kafka, kafka.kill, seconds=3)


async def test_a_broker_stopped_for_a_moment_costs_nothing(
    store: Store, start_kafka: StartKafka
) -> None:
    kafka = start_kafka()
    await write_through_an_outage(store, kafka, kafka.stop, seconds=3)


@pytest.mark.slow
@pytest.mark.timeout(240)
async def test_a_broker_stopped_cleanly_for_65_s_costs_nothing(
    store: Store, start_kafka: StartKafka
) -> None:
    """Longer than the client's own timeouts: a producer kept for so long never works again."""
    kafka = start_kafka()
    await write_through_an_outage(store, kafka, kafka.stop, seconds=65)


async def test_a_worker_that_starts_without_a_broker_works_once_there_is_one(
    store: Store, start_kafka: StartKafka
) -> None:
    kafka = start_kafka()
    bakery = Bakery(store, KafkaAccess(kafka.bootstrap_servers))
    await bakery.open()
    loaf = await bakery.bake(sliced=2)
    counted = Counted()
    consumer = bakery.plumbing.consumer(store, [Listener(bakery.topic, LoafSliced, counted)])
    await asyncio.to_thread(kafka.stop)

    async def heard() -> None:
        assert counted.heard == {loaf.id: [2, 3]}

    async with bakery.relaying(), running(consumer.run()):
        with pytest.raises(NotJoined):
            await consumer.ready()
        await asyncio.to_thread(kafka.start)
        await eventually(heard, seconds=40)


async def test_a_store_that_goes_away_is_waited_for(
    kafka_bootstrap_servers: str, start_store: Callable[[], StoreServer]
) -> None:
    server = start_store()
    store = Store.connect(server.uri, "bakery")
    bakery = Bakery(store, KafkaAccess(kafka_bootstrap_servers))
    await bakery.open()
    seen: set[str] = set()

    async def remember(event: Received[LoafSliced]) -> None:
        await store.collection("seen").update_one(
            {"_id": event.id}, {"$set": {"slices": event.data.slices}}, upsert=True
        )
        seen.add(event.id)

    async def so_many(count: int) -> bool:
        return len(seen) == count

    async with bakery.relaying(), bakery.listening(Listener(bakery.topic, LoafSliced, remember)):
        loaf = await bakery.bake(sliced=3)
        await eventually(lambda: so_many(3))

        await asyncio.to_thread(server.stop)
        told_meanwhile = [LoafSliced(loaf.id, number) for number in range(10, 20)]
        await bakery.tell(
            *(bakery.message(event, loaf.id, event.slices) for event in told_meanwhile)
        )
        await asyncio.to_thread(server.start)

        await eventually(lambda: so_many(13), seconds=40)
        await bakery.slice(loaf.id)
        await eventually(lambda: so_many(14), seconds=20)

    assert await store.collection("seen").count({}) == 14
    assert await bakery.told(f"{bakery.topic}.dead") == []
    await store.close()
