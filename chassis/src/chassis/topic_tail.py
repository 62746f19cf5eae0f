"""Read a topic without a group: every process sees every record."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal

import msgspec
import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError, UnknownTopicOrPartitionError, for_code
from prometheus_client import Counter

from chassis.bounded_wait import within
from chassis.kafka_access import KafkaAccess

_POLL_MS = 500
_START_SECONDS = 15
# Shorter than our own bound: the client closes what it opened when it times out by itself.
_REQUEST_MS = 4_000
_ANSWER_SECONDS = 3
_CLOSE_SECONDS = 3
_RETRY_SECONDS = 1.0
_BATCH = 500

REFUSED = Counter(
    "linli_topic_tail_refused_total",
    "Records that a reader without a group passed over.",
    ["topic"],
)
_log = structlog.stdlib.get_logger("chassis.topic_tail")


class Record(msgspec.Struct, frozen=True):
    """One record of a topic."""

    key: bytes | None
    value: bytes | None
    headers: Mapping[str, bytes]
    partition: int
    offset: int


class TopicTail:
    """Reads one topic for ever, from its beginning or its end, whatever happens to the broker.

    After an outage it goes on from where it was. A record that its handler refuses is logged,
    counted and passed over: a reader without a group has nobody to hand it back to.

    Attributes:
        caught_up: whether everything in the topic has been handled; False again while the broker
            is away.
        broker_is_away: whether the last attempt to read failed.
    """

    def __init__(
        self,
        kafka: KafkaAccess,
        topic: str,
        handle: Callable[[Record], Awaitable[None]],
        *,
        start: Literal["beginning", "end"],
        on_state: Callable[[bool], object] = lambda caught_up: None,
    ) -> None:
        """Describe the reader.

        Args:
            on_state: told whenever `caught_up` changes.
        """
        self._kafka = kafka
        self._topic = topic
        self._handle = handle
        self._start = start
        self._on_state = on_state
        self._positions: dict[TopicPartition, int] = {}
        self.caught_up = False
        self.broker_is_away = False
        self._said_why: set[type[Exception]] = set()

    async def run(self) -> None:
        """Read until cancelled."""
        while True:
            try:
                await self._read()
            except (KafkaError, OSError, TimeoutError) as error:
                self._lost(error)
                await asyncio.sleep(_RETRY_SECONDS)

    async def _read(self) -> None:
        consumer = AIOKafkaConsumer(
            **self._kafka.client_options(),
            request_timeout_ms=_REQUEST_MS,
            enable_auto_commit=False,
            auto_offset_reset="earliest" if self._start == "beginning" else "latest",
        )
        try:
            async with asyncio.timeout(_START_SECONDS):
                partitions = await self._partitions()
                await consumer.start()
                await self._place(consumer, partitions)
            self.broker_is_away = False
            while True:
                await self._handle_some(consumer)
                self._said_why.clear()
        finally:
            if not await within(_CLOSE_SECONDS, consumer.stop()):
                # It gave up half-way: what it left open would stay so for the process's life.
                await within(_CLOSE_SECONDS, consumer._client.close())

    async def _partitions(self) -> list[TopicPartition]:
        """Ask for the topic's partitions: a consumer's start would hang on a missing topic."""
        admin = AIOKafkaAdminClient(**self._kafka.client_options(), request_timeout_ms=_REQUEST_MS)
        try:
            await admin.start()
            (described,) = await admin.describe_topics([self._topic])
        finally:
            await within(_CLOSE_SECONDS, admin.close())
        if described["error_code"] != 0:
            raise for_code(described["error_code"])(self._topic)
        numbers = sorted(partition["partition"] for partition in described["partitions"])
        return [TopicPartition(self._topic, number) for number in numbers]

    async def _place(self, consumer: Any, partitions: list[TopicPartition]) -> None:
        """Go to where reading stopped, or to where it shall begin."""
        consumer.assign(partitions)
        first = await (
            consumer.beginning_offsets(partitions)
            if self._start == "beginning"
            else consumer.end_offsets(partitions)
        )
        for partition in partitions:
            self._positions.setdefault(partition, first[partition])
            consumer.seek(partition, self._positions[partition])

    async def _handle_some(self, consumer: Any) -> None:
        """Handle what has come; when nothing came, ask the broker where the topic ends.

        A consumer of aiokafka does not say that its broker is gone; that question does.
        """
        batches = await consumer.getmany(timeout_ms=_POLL_MS, max_records=_BATCH)
        for partition, messages in batches.items():
            for message in messages:
                await self._handle_one(message)
                self._positions[partition] = message.offset + 1
        if not batches or not self.caught_up:
            async with asyncio.timeout(_ANSWER_SECONDS):
                ends = await consumer.end_offsets(list(self._positions))
            self._set_caught_up(all(self._positions[p] >= end for p, end in ends.items()))

    async def _handle_one(self, message: Any) -> None:
        record = Record(
            message.key, message.value, dict(message.headers), message.partition, message.offset
        )
        try:
            await self._handle(record)
        except Exception:
            REFUSED.labels(self._topic).inc()
            _log.exception("record passed over", topic=self._topic, offset=message.offset)

    def _set_caught_up(self, caught_up: bool) -> None:
        if caught_up != self.caught_up:
            self.caught_up = caught_up
            self._on_state(caught_up)

    def _lost(self, error: Exception) -> None:
        self._set_caught_up(False)
        # A topic that is missing is a mistake to be seen, not a broker that will come back.
        self.broker_is_away = not isinstance(error, UnknownTopicOrPartitionError)
        # Each kind of reason once: a Pod may wait for days.
        if type(error) not in self._said_why:
            self._said_why.add(type(error))
            _log.warning("cannot read", topic=self._topic, reason=repr(error))
