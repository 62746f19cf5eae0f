"""What goes over Kafka, read and written as another service does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from chassis.clock import utc_now
from chassis.events import OutboxEntry, headers_of, value_of
from chassis.ids import new_id

EVENTS = "linli.outreach.events"


async def told(
    bootstrap_servers: str, community_id: str, *, at_least: int
) -> list[dict[str, object]]:
    """What outreach told of a community so far, at least so much: its types beside the data."""
    async with _consumer(bootstrap_servers) as consumer:
        found: list[dict[str, object]] = []
        while len(found) < at_least:
            record = await consumer.getone()
            headers = dict(record.headers)
            if headers["ce_communityid"].decode() == community_id:
                data = msgspec.json.decode(record.value)
                found.append({"type": headers["ce_type"].decode(), **data})
        return found


@asynccontextmanager
async def _consumer(bootstrap_servers: str) -> AsyncIterator[AIOKafkaConsumer]:
    consumer = AIOKafkaConsumer(
        EVENTS, bootstrap_servers=bootstrap_servers, auto_offset_reset="earliest"
    )
    await consumer.start()
    try:
        yield consumer
    finally:
        await consumer.stop()


async def tell(
    bootstrap_servers: str,
    event_type: str,
    *,
    subject: str,
    community_id: str,
    sequence: int,
    data: dict[str, object],
    service: str = "issues",
) -> None:
    """Tell of something as another service does."""
    entry = OutboxEntry(
        id=new_id("event"),
        type=event_type,
        sequence=sequence,
        at=utc_now(),
        topic=f"linli.{service}.events",
        key=subject,
        subject=subject,
        community_id=community_id,
        data=data,
    )
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap_servers)
    await producer.start()
    try:
        await producer.send_and_wait(
            entry.topic,
            value_of(entry),
            key=subject.encode(),
            headers=headers_of(entry, service=service),
        )
    finally:
        await producer.stop()
