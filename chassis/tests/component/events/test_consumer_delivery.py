"""What the consumer does with what arrives, whatever arrives."""

import asyncio
import random
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any, ClassVar

import msgspec
import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from chassis.consumer import Consumer, EarlyArrival, Handle, Listener
from chassis.events import Received
from chassis.ids import derived_id, new_id
from chassis.mongo import DuplicateKey
from chassis.projection import Projection
from chassis.publisher import Message
from chassis.testing_waits import until
from chassis.topics import Topic, create_topics

from .conftest import SHOP, Bakery, LoafBaked, LoafSliced, eventually, running


class Crumb(msgspec.Struct, frozen=True):
    """Told of a loaf that must be known first."""

    type: ClassVar[str] = "crumb.found.v1"
    loaf_id: str


class KnownLoaf(msgspec.Struct, frozen=True):
    slices: int


class Shop:
    """A listener with one effect of each kind: a projection, and a document it creates."""

    def __init__(self, bakery: Bakery) -> None:
        self.bakery = bakery
        self.known = Projection(bakery.store, "known_loaves", KnownLoaf)
        self.labels = bakery.store.collection("labels")
        self.calls = 0
        self.broken = False

    @property
    def listeners(self) -> list[Listener[Any]]:
        topic = self.bakery.topic
        return [
            Listener(topic, LoafBaked, self.know),
            Listener(topic, LoafSliced, self.know),
            Listener(topic, LoafSliced, self.label),
            Listener(topic, Crumb, self.find_crumb),
        ]

    async def know(self, event: Received[Any]) -> None:
        if self.broken:
            raise ZeroDivisionError
        self.calls += 1
        state = KnownLoaf(event.data.slices)
        await self.known.put(event.subject, event.community_id, event.sequence, state)

    async def label(self, event: Received[LoafSliced]) -> None:
        label = derived_id("label", event.id)
        try:
            await self.labels.insert_one({"_id": label, "slices": event.data.slices})
        except DuplicateKey:
            return

    async def find_crumb(self, event: Received[Crumb]) -> None:
        if await self.known.get(event.community_id, event.data.loaf_id) is None:
            raise EarlyArrival(awaits=event.data.loaf_id)
        await self.labels.update_one(
            {"_id": event.id}, {"$set": {"crumb_of": event.data.loaf_id}}, upsert=True
        )

    async def state(self) -> list[dict[str, Any]]:
        """Everything that listening has written."""
        known = await self.known.collection.find({}, sort=(("_id", 1),))
        return known + await self.labels.find({}, sort=(("_id", 1),))


@pytest.fixture
def shop(bakery: Bakery) -> Shop:
    return Shop(bakery)


def history(bakery: Bakery, loaf_id: str, slices: int = 4) -> list[Message]:
    """The messages of a loaf that was baked and sliced."""
    told: list[Any] = [LoafBaked(loaf_id, 0)]
    told += [LoafSliced(loaf_id, number) for number in range(1, slices + 1)]
    return [bakery.message(event, loaf_id, number) for number, event in enumerate(told, 1)]


async def all_handled(bakery: Bakery, consumer_group: str) -> None:
    """Whether the group has committed everything that is in the topic."""
    reader = AIOKafkaConsumer(
        bootstrap_servers=bakery.kafka.bootstrap_servers,
        group_id=consumer_group,
        enable_auto_commit=False,
    )
    await reader.start()
    try:
        partitions = [TopicPartition(bakery.topic, number) for number in range(6)]
        ends = await reader.end_offsets(partitions)
        for partition, end in ends.items():
            assert end == (await reader.committed(partition) or 0), partition
    finally:
        await reader.stop()


async def handled(bakery: Bakery) -> None:
    await eventually(lambda: all_handled(bakery, f"linli.{bakery.name}"), seconds=20)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_events_five_times_and_out_of_order_leave_the_state_of_once(
    bakery: Bakery, shop: Shop, seed: int
) -> None:
    loaves = [new_id("loaf") for _ in range(5)]
    once = [message for loaf in loaves for message in history(bakery, loaf)]
    async with bakery.listening(*shop.listeners):
        await bakery.tell(*once)
        await handled(bakery)
        expected = await shop.state()
        assert len(expected) == 5 + 20

        again = once * 5
        random.Random(seed).shuffle(again)  # noqa: S311
        await bakery.tell(*again)
        await handled(bakery)

    assert await shop.state() == expected


async def test_e1_e2_e1_leaves_the_state_of_e2(bakery: Bakery, shop: Shop) -> None:
    loaf = new_id("loaf")
    e1, e2 = history(bakery, loaf, slices=1)

    async with bakery.listening(*shop.listeners):
        await bakery.tell(e1, e2, e1)
        await handled(bakery)

    assert await shop.known.get(SHOP, loaf) == KnownLoaf(slices=1)
    assert len(await shop.state()) == 2


def poison(bakery: Bakery, loaf: str) -> list[Message]:
    """Everything that cannot be read, one of each kind."""
    good = bakery.message(LoafBaked(loaf, 0), loaf, 1)
    return [
        msgspec.structs.replace(good, value=b"not json"),
        msgspec.structs.replace(good, value=b'{"loaf_id": 5}'),
        msgspec.structs.replace(good, value=None),
        msgspec.structs.replace(good, headers=[]),
        msgspec.structs.replace(good, headers=[*good.headers, ("ce_note", b"\xff\xfe")]),
        bakery.message(LoafBaked(loaf, 0), loaf, 1, ce_sequence="first"),
    ]


async def test_poison_goes_to_the_dead_letters_and_what_follows_is_handled(
    bakery: Bakery, shop: Shop
) -> None:
    """All of one key, hence of one partition, so that nothing can overtake it."""
    loaf = new_id("loaf")
    bad = poison(bakery, loaf)

    async with bakery.listening(*shop.listeners):
        await bakery.tell(*bad, *history(bakery, loaf))
        await handled(bakery)

    assert await shop.known.get(SHOP, loaf) == KnownLoaf(slices=4)
    dead = await bakery.told(f"{bakery.topic}.dead")
    assert [(record.key, record.value) for record in dead] == [
        (message.key, message.value) for message in bad
    ]
    assert {dict(record.headers)["dead_error"] for record in dead} == {b"MalformedEvent"}


async def test_what_a_bug_refuses_is_replayed_after_the_fix(bakery: Bakery, shop: Shop) -> None:
    loaf = new_id("loaf")
    shop.broken = True
    office = bakery.plumbing.dead_letters(bakery.store, [bakery.topic])

    async with bakery.listening(*shop.listeners):
        await bakery.tell(*history(bakery, loaf, slices=1))
        await handled(bakery)
        assert await shop.state() == []
        letters = await office.letters()
        assert [letter.dead.failure.error for letter in letters] == ["ZeroDivisionError"] * 2
        assert {letter.dead.attempts for letter in letters} == {5}

        shop.broken = False
        for letter in reversed(letters):
            await office.replay(letter)
        await handled(bakery)

    assert await shop.known.get(SHOP, loaf) == KnownLoaf(slices=1)
    assert [letter.state for letter in await office.letters()] == ["replayed", "replayed"]
    await office.close()


async def test_an_early_event_is_applied_once_what_it_awaits_is_there(
    bakery: Bakery, shop: Shop
) -> None:
    loaf, crumb = new_id("loaf"), new_id("crumb")
    early = bakery.message(Crumb(loaf), crumb, 1)

    async with bakery.listening(*shop.listeners):
        await bakery.tell(early, early)
        await handled(bakery)
        kept = bakery.store.collection("early_arrivals")
        assert await kept.count({"awaits": loaf}) == 1
        assert await shop.state() == []

        await bakery.tell(*history(bakery, loaf, slices=0))
        await eventually(lambda: none_kept(bakery))

    assert [each["crumb_of"] for each in await shop.labels.find({})] == [loaf]
    assert await bakery.told(f"{bakery.topic}.dead") == []


async def test_an_early_event_kept_by_one_worker_is_found_by_the_sweep_of_another(
    bakery: Bakery, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it awaits came some other way than by an event."""
    monkeypatch.setattr("chassis.consumer._SWEEP_SECONDS", 0.2)
    loaf, crumb = new_id("loaf"), new_id("crumb")
    async with bakery.listening(*shop.listeners):
        await bakery.tell(bakery.message(Crumb(loaf), crumb, 1))
        await handled(bakery)
    assert not await none_kept(bakery)
    await shop.known.put(loaf, SHOP, 1, KnownLoaf(0))

    async with bakery.listening(*shop.listeners):
        await eventually(lambda: none_kept(bakery))

    assert await shop.labels.count({"crumb_of": loaf}) == 1


async def none_kept(bakery: Bakery) -> bool:
    return await bakery.store.collection("early_arrivals").count({}) == 0


async def test_a_stopped_consumer_has_committed_what_it_handled_and_no_more(
    bakery: Bakery,
) -> None:
    """Stopped in mid-batch: the next one goes on exactly there."""
    loaf = new_id("loaf")
    heard: list[int] = []
    midway = asyncio.Event()

    async def listen(event: Received[LoafSliced]) -> None:
        heard.append(event.sequence)
        if len(heard) == 10:
            midway.set()
        await asyncio.sleep(0.01)

    await bakery.tell(*history(bakery, loaf, slices=40))
    async with bakery.listening(Listener(bakery.topic, LoafSliced, listen)):
        await midway.wait()
    stopped_after = len(heard)
    assert 10 <= stopped_after < 40

    async with bakery.listening(Listener(bakery.topic, LoafSliced, listen)):
        await eventually(lambda: so_many(heard, 40))

    assert heard == list(range(2, 42))


async def so_many(heard: Sequence[int], count: int) -> bool:
    return len(heard) == count


async def test_what_comes_while_there_is_nothing_is_not_slept_over(
    bakery: Bakery, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FastStream sleeps after an empty look; that would be every event's delay."""
    slept: list[float] = []
    monkeypatch.setattr("faststream.kafka.subscriber.usecase.anyio.sleep", slept.append)
    looks = 0
    getmany = AIOKafkaConsumer.getmany

    async def counted(consumer: AIOKafkaConsumer, **options: Any) -> Any:
        nonlocal looks
        looks += 1
        return await getmany(consumer, **{**options, "timeout_ms": 10})

    monkeypatch.setattr(AIOKafkaConsumer, "getmany", counted)
    async with bakery.listening(*shop.listeners):
        await until(lambda: looks >= 5, within_seconds=20)
        await bakery.tell(*history(bakery, new_id("loaf"), slices=1))
        await until(lambda: shop.calls == 2, within_seconds=20)

    assert slept == []


async def test_a_consumer_waits_for_its_topic_and_says_that_it_is_not_ready(
    bakery: Bakery,
) -> None:
    late_topic = f"{new_id('mill')}.events"
    heard: list[str] = []

    async def listen(event: Received[LoafBaked]) -> None:
        heard.append(event.subject)

    consumer = consumer_of(bakery, late_topic, listen)
    async with running(consumer.run()):
        with pytest.raises(Exception, match="not been joined"):
            await consumer.ready()

        await create_topics(bakery.kafka, [Topic(late_topic, partitions=1)])
        await eventually(consumer.ready, seconds=30)
        message = bakery.message(LoafBaked("loaf_1", 0), "loaf_1", 1)
        await bakery.tell(msgspec.structs.replace(message, topic=late_topic))
        await eventually(lambda: heard_of(heard, "loaf_1"))


def consumer_of(bakery: Bakery, topic: str, handle: Handle[LoafBaked]) -> Consumer:
    return bakery.plumbing.consumer(bakery.store, [Listener(topic, LoafBaked, handle)])


async def heard_of(heard: Sequence[str], subject: str) -> bool:
    return subject in heard


CONSUMER_PROCESS = """
import asyncio, sys
from typing import ClassVar
import msgspec
from chassis.consumer import Consumer, Listener
from chassis.kafka_access import KafkaAccess
from chassis.mongo import Store

class LoafSliced(msgspec.Struct, frozen=True):
    type: ClassVar[str] = "loaf.sliced.v1"
    slices: int

async def main(uri, database, broker, service, topic):
    store = Store.connect(uri, database)
    async def listen(event):
        await store.collection("labels").update_one(
            {"_id": event.id}, {"$set": {"slices": event.data.slices}}, upsert=True)
        await store.collection("calls").insert_one({"_id": msgspec.json.encode(
            [event.id, asyncio.get_running_loop().time()])})
    await Consumer(service=service, kafka=KafkaAccess(broker), store=store,
                   listeners=[Listener(topic, LoafSliced, listen)]).run()

asyncio.run(main(*sys.argv[1:]))
"""


async def test_a_consumer_killed_while_handling_leaves_each_effect_once(
    bakery: Bakery, mongodb_uri: str
) -> None:
    """What was handled and not committed comes again, and finds its effect there."""
    loaves = [new_id("loaf") for _ in range(20)]
    for loaf in loaves:
        await bakery.tell(*history(bakery, loaf, slices=25))
    labels = bakery.store.collection("labels")
    arguments = [
        *(mongodb_uri, bakery.store._database.name, bakery.kafka.bootstrap_servers),
        *(bakery.name, bakery.topic),
    ]

    async def labelled(count: int) -> bool:
        return await labels.count({}) >= count

    for enough in (1, 500):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", CONSUMER_PROCESS, *arguments),
            stderr=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
        )
        try:
            await eventually(partial(labelled, enough), seconds=45)
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    assert await labels.count({}) == 500
    for number in range(1, 26):
        assert await labels.count({"slices": number}) == 20
