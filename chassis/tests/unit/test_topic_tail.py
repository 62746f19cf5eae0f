"""A reader whose client cancels itself: neither takes the other down."""

import asyncio
from typing import Any

import pytest
from aiokafka import TopicPartition
from aiokafka.errors import KafkaConnectionError
from chassis.kafka_access import KafkaAccess
from chassis.supervision import DEATHS, Background
from chassis.testing_waits import until
from chassis.topic_tail import Record, TopicTail
from structlog.testing import capture_logs

from chassis import topic_tail

PARTITION = TopicPartition("bakery.orders", 0)


class Admin:
    """One who describes the topic; counts how often it was asked.

    Attributes:
        error_code: what it says of the topic; 3 is "unknown".
    """

    error_code = 0
    asked = 0

    def __init__(self, **options: object) -> None: ...

    async def start(self) -> None: ...

    async def describe_topics(self, topics: list[str]) -> list[dict[str, Any]]:
        Admin.asked += 1
        described = [{"partition": PARTITION.partition}]
        return [{"error_code": self.error_code, "partitions": described}]

    async def close(self) -> None:
        raise asyncio.CancelledError


class Client:
    """Of the consumer; counts how often it was closed."""

    def __init__(self) -> None:
        self.closed = 0

    async def close(self) -> None:
        self.closed += 1


class Consumer:
    """One whose `stop` lets out the cancellation of a task of its own, as aiokafka's can.

    Attributes:
        made: every one that was made.
        is_away: whether reading fails.
    """

    made: list["Consumer"]
    is_away = False

    def __init__(self, **options: object) -> None:
        self.reads = 0
        self._client = Client()
        self.made.append(self)

    async def start(self) -> None: ...

    def assign(self, partitions: list[TopicPartition]) -> None: ...

    def seek(self, partition: TopicPartition, offset: int) -> None: ...

    async def end_offsets(self, partitions: list[TopicPartition]) -> dict[TopicPartition, int]:
        return {PARTITION: 0}

    async def getmany(self, **options: object) -> dict[TopicPartition, list[object]]:
        self.reads += 1
        if Consumer.is_away:
            raise KafkaConnectionError
        await asyncio.sleep(0)
        return {}

    async def stop(self) -> None:
        ended = asyncio.create_task(asyncio.Event().wait())
        ended.cancel()
        await ended
        await self._client.close()


@pytest.fixture(autouse=True)
def _aiokafka(monkeypatch: pytest.MonkeyPatch) -> None:
    Consumer.made = []
    Consumer.is_away = False
    Admin.error_code = Admin.asked = 0
    monkeypatch.setattr(topic_tail, "AIOKafkaAdminClient", Admin)
    monkeypatch.setattr(topic_tail, "AIOKafkaConsumer", Consumer)
    monkeypatch.setattr(topic_tail, "_RETRY_SECONDS", 0.001)


async def _nothing(record: Record) -> None: ...


def _tail() -> TopicTail:
    return TopicTail(KafkaAccess("nowhere:9092"), PARTITION.topic, _nothing, start="end")


async def test_a_client_that_cancels_itself_does_not_end_the_reading() -> None:
    tail = _tail()
    reading = asyncio.create_task(tail.run())
    await until(lambda: tail.caught_up)
    Consumer.is_away = True
    await until(lambda: tail.broker_is_away and len(Consumer.made) > 2)
    Consumer.is_away = False
    await until(lambda: tail.caught_up)
    assert not reading.done()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert [consumer._client.closed for consumer in Consumer.made] == [1] * len(Consumer.made)


async def test_a_reader_stops_cleanly_though_its_client_cancels_itself() -> None:
    tail = _tail()
    background = Background("orders", tail.run)
    task = background.start()
    await until(lambda: tail.caught_up)
    await background.stop(1)
    assert task.exception() is None
    assert DEATHS.labels("orders")._value.get() == 0
    assert Consumer.made[0]._client.closed == 1


async def test_a_missing_topic_is_said_once_and_again_after_it_was_read() -> None:
    tail = _tail()
    Admin.error_code = 3
    with capture_logs() as logs:
        reading = asyncio.create_task(tail.run())
        await until(lambda: Admin.asked > 5)
        said_while_missing = len(logs)
        Admin.error_code = 0
        await until(lambda: tail.caught_up)
        Consumer.is_away = True
        await until(lambda: tail.broker_is_away)
        reading.cancel()
        await asyncio.wait([reading])

    assert said_while_missing == 1
    assert [(entry["event"], entry["topic"]) for entry in logs] == [
        ("cannot read", PARTITION.topic)
    ] * 2
    assert [entry["reason"].split("(")[0] for entry in logs] == [
        "UnknownTopicOrPartitionError",
        "KafkaConnectionError",
    ]
