"""A bakery, to try the event path on: loaves are baked and sold, and somebody listens."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar

import msgspec
import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from chassis.aggregates import Aggregates, Event, event_id
from chassis.clock import utc_now
from chassis.consumer import Listener
from chassis.event_plumbing import EventPlumbing
from chassis.events import OutboxEntry, headers_of, value_of
from chassis.ids import new_id
from chassis.kafka_access import KafkaAccess
from chassis.mongo import Store
from chassis.publisher import Message, Outcome, Publisher
from chassis.topics import Topic, create_topics

SHOP = "community_01jd8f6v5tev4b8f4z9x7m2k01"


class LoafBaked(msgspec.Struct, frozen=True):
    type: ClassVar[str] = "loaf.baked.v1"
    loaf_id: str
    slices: int


class LoafSliced(msgspec.Struct, frozen=True):
    type: ClassVar[str] = "loaf.sliced.v1"
    loaf_id: str
    slices: int


class Loaf(msgspec.Struct, frozen=True):
    id: str
    community_id: str
    slices: int
    version: int = 0

    def slice(self) -> "tuple[Loaf, list[Event]]":
        after = msgspec.structs.replace(self, slices=self.slices + 1)
        return after, [LoafSliced(self.id, after.slices)]


@dataclass
class Bakery:
    """One service with a store and topics of its own."""

    store: Store
    kafka: KafkaAccess
    name: str = field(default_factory=lambda: new_id("bakery"))

    def __post_init__(self) -> None:
        self.topic = f"{self.name}.events"
        self.plumbing = EventPlumbing(
            service=self.name,
            kafka=self.kafka,
            topics=[Topic(self.topic)],
            outboxes=["loaves"],
        )
        self.loaves = Aggregates(self.store, "loaves", Loaf, topic=self.topic, not_found=KeyError)

    async def open(self) -> None:
        await self.store.create_indexes(self.plumbing.indexes())
        await create_topics(self.kafka, self.plumbing.topics)

    async def bake(self, *, sliced: int = 0) -> Loaf:
        """Bake a loaf and slice it so often: one event each."""
        loaf_id = new_id("loaf")
        baked = LoafBaked(loaf_id, 0)
        loaf = await self.loaves.add(Loaf(loaf_id, SHOP, 0), [baked])
        for _ in range(sliced):
            loaf = await self.slice(loaf_id)
        return loaf

    async def slice(self, loaf_id: str) -> Loaf:
        return await self.loaves.change(SHOP, loaf_id, Loaf.slice)

    async def nothing_waits(self) -> bool:
        """Whether every outbox is empty."""
        documents = await self.loaves.collection.find({}, fields={"outbox": 1})
        return not any(document["outbox"] for document in documents)

    def message(self, event: Event, loaf_id: str, sequence: int, **changed_headers: str) -> Message:
        """An event of a loaf as it travels, made by hand; its id belongs to its place."""
        entry = OutboxEntry(
            id=event_id(loaf_id, sequence, event.type),
            type=event.type,
            sequence=sequence,
            at=utc_now(),
            topic=self.topic,
            key=loaf_id,
            subject=loaf_id,
            community_id=SHOP,
            data=msgspec.to_builtins(event),
        )
        headers = dict(headers_of(entry, service=self.name))
        headers |= {name: value.encode() for name, value in changed_headers.items()}
        return Message(self.topic, loaf_id.encode(), value_of(entry), list(headers.items()))

    async def tell(self, *messages: Message) -> None:
        """Put messages on their topics by hand."""
        publisher = Publisher(self.kafka, client_id="test")
        assert set(await publisher.publish(messages)) == {Outcome.ACKNOWLEDGED}
        await publisher.close()

    async def told(self, topic: str | None = None) -> list[Any]:
        """Every record of the topic, each partition in its order."""
        topic = topic or self.topic
        reader = AIOKafkaConsumer(**self.kafka.client_options(), auto_offset_reset="earliest")
        await reader.start()
        try:
            await reader._client.force_metadata_update()
            partitions = [
                TopicPartition(topic, number) for number in reader.partitions_for_topic(topic) or ()
            ]
            reader.assign(partitions)
            await reader.seek_to_beginning()
            ends = await reader.end_offsets(partitions)
            records: list[Any] = []
            while any([await reader.position(each) < end for each, end in ends.items()]):
                for found in (await reader.getmany(timeout_ms=100)).values():
                    records += found
            return records
        finally:
            await reader.stop()

    async def told_sequences(self) -> dict[str, list[int]]:
        """The sequences told of each loaf, in the order in which they stand in the topic."""
        told: dict[str, list[int]] = {}
        for record in await self.told():
            sequence = int(dict(record.headers)["ce_sequence"])
            told.setdefault(record.key.decode(), []).append(sequence)
        return told

    @asynccontextmanager
    async def relaying(self) -> AsyncIterator[None]:
        async with running(self.plumbing.relay(self.store).run()):
            yield

    @asynccontextmanager
    async def listening(self, *listeners: Listener[Any]) -> AsyncIterator[None]:
        consumer = self.plumbing.consumer(self.store, listeners)
        async with running(consumer.run()):
            await eventually(consumer.ready, seconds=30)
            yield


@asynccontextmanager
async def running(work: Coroutine[Any, Any, None]) -> AsyncIterator[asyncio.Task[None]]:
    """Run it beside the test; a failure of its own fails the test."""
    task = asyncio.create_task(work)
    try:
        yield task
    finally:
        ended = task.done()
        task.cancel()
        await asyncio.wait([task])
        if ended and not task.cancelled():
            task.result()


async def eventually(check: Callable[[], Awaitable[object]], *, seconds: float = 15) -> None:
    """Wait until the check passes: it neither raises nor says False."""
    deadline = asyncio.get_running_loop().time() + seconds
    while True:
        try:
            if await check() is not False:
                return
            failure = None
        except Exception as error:
            failure = error
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError(f"not within {seconds} s") from failure
        await asyncio.sleep(0.05)


def pytest_configure(config: pytest.Config) -> None:
    """Name what takes a minute by nature; `make test` runs it all the same."""
    config.addinivalue_line("markers", "slow: waits for more than half a minute by nature")


@pytest.fixture
async def store(mongodb_uri: str) -> AsyncIterator[Store]:
    store = Store.connect(mongodb_uri, new_id("test"))
    yield store
    await store.close()


@pytest.fixture
async def bakery(store: Store, kafka_bootstrap_servers: str) -> Bakery:
    bakery = Bakery(store, KafkaAccess(kafka_bootstrap_servers))
    await bakery.open()
    return bakery
