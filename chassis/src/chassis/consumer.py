"""A service's consumer group: FastStream on aiokafka, in batches.

Offsets are committed after a batch is handled, and never past a message that is not: a
partition whose message must wait is set back to it and paused, while the others go on.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, cast

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker, KafkaMessage
from faststream.kafka.message import FAKE_CONSUMER
from faststream.message import StreamMessage
from faststream.security import BaseSecurity, SASLPlaintext, SASLScram256, SASLScram512
from prometheus_client import Gauge

from chassis.bounded_wait import within
from chassis.clock import Now, utc_now
from chassis.consumer_batch import Handled, handle_batch
from chassis.consumer_groups import group_name
from chassis.dead_letters import Arrived, DeadLetterWriter
from chassis.errors import Unavailable
from chassis.handling import Handling, backoff_seconds
from chassis.kafka_access import KafkaAccess, SaslMechanism
from chassis.listening import EarlyArrival, Handle, Listener, Listeners
from chassis.logs import quieted
from chassis.mongo import Store
from chassis.offset_commits import OffsetCommits, commit_assigned
from chassis.publisher import Publisher
from chassis.topics import BrokerUnavailable, existing_topics

__all__ = ["Consumer", "EarlyArrival", "Handle", "Listener", "NotJoined"]

Records = tuple["ConsumerRecord[bytes | None, bytes | None]", ...]

_log = structlog.get_logger(__name__)
_joined = Gauge(
    "linli_consumer_joined", "Whether the group has given this process partitions", ["group"]
)

_BATCH = 500
_LOOK_MS = 1_000
# A partition that was read late waits for the answer about the others: at most so long.
_FETCH_MS = 100
_START_SECONDS = 60.0
_STOP_SECONDS = 10.0
_COMMIT_SECONDS = 10.0
_LAST_COMMIT_SECONDS = 3.0
_SWEEP_SECONDS = 5.0
_CHECK_SECONDS = 1.0


_SECURITY: Mapping[SaslMechanism, type[SASLPlaintext] | type[SASLScram256] | type[SASLScram512]] = {
    "PLAIN": SASLPlaintext,
    "SCRAM-SHA-256": SASLScram256,
    "SCRAM-SHA-512": SASLScram512,
}


class NotJoined(Exception):
    """The consumer group has not given this process its partitions yet."""


class TopicMissing(Exception):
    """A topic to listen to is not there; `create-topics` of its owner makes it."""


class Consumer:
    """One of a service's consumer groups, over every topic that it listens to.

    Args:
        lane: None for the service's first group. What comes in thousands and may take its time
            is heard in a lane, a group of its own, so that nothing urgent waits behind it.
    """

    def __init__(
        self,
        *,
        service: str,
        kafka: KafkaAccess,
        store: Store,
        listeners: Sequence[Listener[Any]],
        lane: str | None = None,
        attempts: int = 5,
        now: Now = utc_now,
    ) -> None:
        self._service = service
        self._group = group_name(service, lane)
        self._kafka = kafka
        self._listeners = Listeners(listeners)
        self._dead_letters = DeadLetterWriter(
            Publisher(kafka, client_id=f"{service}-dead-letters"),
            service=service,
            now=now,
        )
        self._handling = Handling(
            store=store,
            listeners=self._listeners,
            dead_letters=self._dead_letters,
            attempts=attempts,
            lane=lane,
            now=now,
        )
        self._commits: OffsetCommits | None = None
        self._assignment: _Assignment | None = None
        self._stopping = False
        self._waits: dict[TopicPartition, int] = {}
        self._not_consuming: str | None = None

    async def ready(self) -> None:
        """Answer only if the group has given this process its partitions. Raises: NotJoined."""
        if self._assignment is None or not self._assignment.joined:
            raise NotJoined(f"group {self._group} has not been joined yet")

    async def run(self) -> None:
        """Consume until cancelled; then finish the message in hand and commit."""
        self._stopping = False
        sweeping = asyncio.create_task(self._sweep())
        failures = 0
        try:
            while True:
                try:
                    await self._consume()
                    failures = 0
                    self._not_consuming = None
                except (KafkaError, BrokerUnavailable, TopicMissing, TimeoutError, OSError) as e:
                    failures += 1
                    self._say_why_not(str(e) or type(e).__name__)
                await asyncio.sleep(backoff_seconds(failures + 3))
        finally:
            sweeping.cancel()
            await asyncio.wait([sweeping])
            await self._dead_letters.close()

    def _say_why_not(self, reason: str) -> None:
        """Say a reason once, however often it is tried: a Pod may wait for its broker for days."""
        if reason != self._not_consuming:
            self._not_consuming = reason
            _log.warning("not consuming", group=self._group, reason=reason)

    async def _consume(self) -> None:
        """Consume until the client gives up; a missing topic would make its start hang."""
        missing = set(self._listeners.topics) - await existing_topics(self._kafka)
        if missing:
            raise TopicMissing(f"no topic {', '.join(sorted(missing))}")
        broker = self._broker()
        try:
            async with asyncio.timeout(_START_SECONDS):
                await broker.start()
            await self._until_dead(broker)
        finally:
            self._stopping = True
            if self._commits is not None:
                await within(_LAST_COMMIT_SECONDS, self._commits.all_sent())
            await within(_STOP_SECONDS + 5, broker.stop())
            if self._assignment is not None:
                self._assignment.joined = False
            self._stopping = False

    def _broker(self) -> KafkaBroker:
        broker = KafkaBroker(
            self._kafka.bootstrap_servers,
            security=faststream_security(self._kafka),
            client_id=f"{self._service}-consumer",
            consumer_only=True,
            allow_auto_create_topics=False,
            graceful_timeout=_STOP_SECONDS,
            logger=quieted("faststream"),
            log_level=logging.DEBUG,
            apply_types=False,
        )
        commits = self._commits = OffsetCommits(
            lambda offsets: commit_assigned(subscriber.consumer, offsets),
            timeout_seconds=_COMMIT_SECONDS,
        )
        self._assignment = _Assignment(self._group, commits)
        subscriber = broker.subscriber(
            *self._listeners.topics,
            group_id=self._group,
            batch=True,
            fetch_max_wait_ms=_FETCH_MS,
            auto_offset_reset="earliest",
            ack_policy=AckPolicy.MANUAL,
            listener=self._assignment,
            parser=_as_it_came,
            decoder=_raw,
        )

        async def on_batch(records: Records) -> None:
            await self._on_batch(cast(AIOKafkaConsumer, subscriber.consumer), commits, records)

        subscriber(on_batch)
        # FastStream's own look sleeps after it found nothing, and what comes then waits for it.
        subscriber.get_msg = _look  # type: ignore[method-assign]
        return broker

    async def _until_dead(self, broker: KafkaBroker) -> None:
        """Return when the client's coordination has ended: it does not come back by itself."""
        while True:
            await asyncio.sleep(_CHECK_SECONDS)
            for subscriber in broker.subscribers:
                coordinator = getattr(getattr(subscriber, "consumer", None), "_coordinator", None)
                task = getattr(coordinator, "_coordination_task", None)
                if task is not None and task.done():
                    return

    async def _on_batch(
        self, consumer: AIOKafkaConsumer, commits: OffsetCommits, records: Records
    ) -> None:
        batch = [_arrived(record) for record in records]
        handled = await handle_batch(batch, self._handling.handle, lambda: self._stopping)
        commits.note(_offsets(handled))
        if self._stopping:
            await within(_LAST_COMMIT_SECONDS, commits.all_sent())
        for partition in handled:
            self._set_back(consumer, partition)

    def _set_back(self, consumer: AIOKafkaConsumer, done: Handled) -> None:
        partition = TopicPartition(done.topic, done.partition)
        if done.whole:
            self._waits.pop(partition, None)
            return
        waits = self._waits[partition] = self._waits.get(partition, 0) + 1
        try:
            consumer.seek(partition, done.next_offset)
            consumer.pause(partition)
        except KafkaError:
            return  # the partition is another's now, from its last committed offset
        asyncio.get_running_loop().call_later(backoff_seconds(waits), _resume, consumer, partition)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            try:
                await self._handling.early_arrivals.sweep()
            except Unavailable:
                _log.info("early arrivals not swept; the store or the broker is away")
            except Exception:
                _log.exception("early arrivals not swept")


class _Assignment(ConsumerRebalanceListener):  # type: ignore[misc]
    """Remembers whether the group has given partitions, be they none."""

    def __init__(self, group: str, commits: OffsetCommits) -> None:
        self.joined = False
        self._commits = commits
        self._joined = _joined.labels(group)

    async def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        self.joined = False
        self._joined.set(0)
        await within(_LAST_COMMIT_SECONDS, self._commits.all_sent())

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        self.joined = True
        self._joined.set(1)


async def _as_it_came(records: Records) -> StreamMessage[Records]:
    """Leave a batch unread: FastStream's parser would drop it for one header that is not UTF-8."""
    return KafkaMessage(body=b"", raw_message=records, consumer=FAKE_CONSUMER)


async def _raw(message: StreamMessage[Records]) -> Records:
    return message.raw_message


async def _look(consumer: AIOKafkaConsumer) -> Records:
    """Some messages as soon as there are any; none now and then, so that a stop is noticed."""
    found = await consumer.getmany(timeout_ms=_LOOK_MS, max_records=_BATCH)
    return tuple(chain.from_iterable(found.values()))


def faststream_security(kafka: KafkaAccess) -> BaseSecurity:
    """What `KafkaAccess.client_options` says, as FastStream wants it. Raises: OSError."""
    if kafka.sasl is None:
        return BaseSecurity(ssl_context=kafka.tls())
    made = _SECURITY[kafka.sasl.mechanism]
    return made(kafka.sasl.username, kafka.sasl.password, ssl_context=kafka.tls())


def _offsets(handled: Sequence[Handled]) -> dict[TopicPartition, int]:
    return {
        TopicPartition(done.topic, done.partition): done.next_offset
        for done in handled
        if done.count
    }


def _resume(consumer: AIOKafkaConsumer, partition: TopicPartition) -> None:
    if partition in consumer.paused():
        consumer.resume(partition)


def _arrived(record: "ConsumerRecord[bytes | None, bytes | None]") -> Arrived:
    return Arrived(
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        key=record.key,
        value=record.value,
        headers=record.headers,
    )
