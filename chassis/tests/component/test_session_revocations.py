"""Ended sessions over a real broker: read whole, followed, and survived without it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from uuid import uuid4

import msgspec
import pytest
from aiokafka import AIOKafkaProducer
from chassis.clock import utc_now
from chassis.kafka_access import KafkaAccess
from chassis.readiness import NotReady
from chassis.revocation import CURRENT, SessionRevocations
from chassis.testing_waits import until
from chassis.topic_tail import REFUSED
from chassis.topics import Topic, create_topics
from local_stack.kafka import Kafka
from local_stack.ports import free_port

StartKafka = Callable[[], Kafka]


@pytest.fixture
async def topic(kafka_bootstrap_servers: str) -> str:
    name = f"bakery.sessions.{uuid4().hex[:8]}"
    await create_topics(
        KafkaAccess(kafka_bootstrap_servers), [Topic(name, partitions=3, compacted=True)]
    )
    return name


async def _publish(servers: str, topic: str, *values: tuple[str, bytes | None]) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=servers)
    await producer.start()
    try:
        for key, value in values:
            await producer.send_and_wait(topic, value, key=key.encode())
    finally:
        await producer.stop()


def _revoked(session_id: str, at: datetime) -> tuple[str, bytes]:
    event = {"session_id": session_id, "revoked_at": at, "community_id": "c"}
    return session_id, msgspec.json.encode(event)


@asynccontextmanager
async def _running(servers: str, topic: str) -> AsyncIterator[SessionRevocations]:
    revocations = SessionRevocations(KafkaAccess(servers), now=utc_now, topic=topic)
    running = asyncio.create_task(revocations.run())
    yield revocations
    running.cancel()
    await asyncio.wait([running], timeout=10)
    assert running.cancelled()


async def _is_ready(revocations: SessionRevocations) -> bool:
    try:
        await revocations.ready()
    except NotReady:
        return False
    return True


async def test_sessions_ended_before_the_start_are_known_when_it_is_ready(
    kafka_bootstrap_servers: str, topic: str
) -> None:
    now = utc_now()
    ended = [_revoked(f"session_{n}", now) for n in range(50)]
    old = _revoked("session_old", now - timedelta(hours=1))
    await _publish(kafka_bootstrap_servers, topic, old, *ended)
    async with _running(kafka_bootstrap_servers, topic) as revocations:
        await until(lambda: _is_ready(revocations))
        assert all(revocations.is_revoked(f"session_{n}") for n in range(50))
        assert not revocations.is_revoked("session_old")
        assert CURRENT._value.get() == 1


async def test_a_session_ended_now_is_known_at_once(
    kafka_bootstrap_servers: str, topic: str
) -> None:
    async with _running(kafka_bootstrap_servers, topic) as revocations:
        await until(lambda: _is_ready(revocations))
        waiting = asyncio.create_task(revocations.until_revoked("session_1"))
        await _publish(kafka_bootstrap_servers, topic, _revoked("session_1", utc_now()))
        await asyncio.wait_for(waiting, 5)
        assert revocations.is_revoked("session_1")


async def test_what_cannot_be_read_is_counted_and_passed_over(
    kafka_bootstrap_servers: str, topic: str
) -> None:
    await _publish(
        kafka_bootstrap_servers,
        topic,
        ("session_0", b"not json"),
        ("session_0", None),
        _revoked("session_1", utc_now()),
    )
    async with _running(kafka_bootstrap_servers, topic) as revocations:
        await until(lambda: revocations.is_revoked("session_1"))
        await until(lambda: _is_ready(revocations))
    assert REFUSED.labels(topic)._value.get() == 1


async def test_a_topic_that_is_missing_is_not_ready(kafka_bootstrap_servers: str) -> None:
    name = f"bakery.missing.{uuid4().hex[:8]}"
    async with _running(kafka_bootstrap_servers, name) as revocations:
        await asyncio.sleep(0)
        assert not await _is_ready(revocations)
        await create_topics(KafkaAccess(kafka_bootstrap_servers), [Topic(name)])
        await until(lambda: _is_ready(revocations), within_seconds=20)


async def test_without_a_broker_it_is_ready_and_says_that_it_is_not_current() -> None:
    async with _running(f"127.0.0.1:{free_port()}", "bakery.sessions") as revocations:
        await until(lambda: _is_ready(revocations), within_seconds=20)
        assert CURRENT._value.get() == 0


async def test_it_catches_up_after_the_broker_comes_back(start_kafka: StartKafka) -> None:
    kafka = start_kafka()
    servers, topic = kafka.bootstrap_servers, "bakery.sessions"
    await create_topics(KafkaAccess(servers), [Topic(topic, compacted=True)])
    await _publish(servers, topic, _revoked("session_1", utc_now()))
    async with _running(servers, topic) as revocations:
        await until(lambda: revocations.is_revoked("session_1"))
        await until(lambda: CURRENT._value.get() == 1)
        await asyncio.to_thread(kafka.stop)
        await until(lambda: CURRENT._value.get() == 0, within_seconds=30)
        assert await _is_ready(revocations)
        assert revocations.is_revoked("session_1")
        await asyncio.to_thread(kafka.start)
        await asyncio.to_thread(kafka.wait_ready)
        await _publish(servers, topic, _revoked("session_2", utc_now()))
        await until(lambda: revocations.is_revoked("session_2"), within_seconds=30)
        await until(lambda: CURRENT._value.get() == 1, within_seconds=30)
