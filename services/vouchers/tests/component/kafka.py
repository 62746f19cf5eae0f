"""The others, as far as this service hears of them, and what this service tells."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import msgspec
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from chassis.clock import utc_now
from chassis.events import OutboxEntry, headers_of, value_of
from chassis.ids import new_id
from chassis.topics import Topic

OTHERS_TOPICS = [
    Topic("linli.residents.events"),
    Topic("linli.issues.events"),
    Topic("linli.residents.sessions", compacted=True),
]
_EVENTS = "linli.vouchers.events"


class Others:
    """Tells of things as the other services do."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        self._producer = producer

    async def tell(
        self,
        service: str,
        event_type: str,
        subject: str,
        community_id: str,
        *,
        sequence: int = 1,
        **data: object,
    ) -> None:
        """An event of a service, on its topic."""
        entry = OutboxEntry(
            id=new_id("event"),
            type=event_type,
            sequence=sequence,
            at=utc_now(),
            topic=f"linli.{service}.events",
            key=subject,
            subject=subject,
            community_id=community_id,
            data=msgspec.to_builtins({"community_id": community_id, **data}),
        )
        await self._producer.send_and_wait(
            entry.topic,
            value_of(entry),
            key=subject.encode(),
            headers=headers_of(entry, service=service),
        )

    async def end_session(self, session_id: str, community_id: str, at: datetime) -> None:
        """Residents ends a session."""
        entry = OutboxEntry(
            id=new_id("event"),
            type="session.revoked.v1",
            sequence=1,
            at=utc_now(),
            topic="linli.residents.sessions",
            key=session_id,
            subject=session_id,
            community_id=community_id,
            data=msgspec.to_builtins(
                {"session_id": session_id, "revoked_at": at, "community_id": community_id}
            ),
        )
        await self._producer.send_and_wait(
            entry.topic,
            value_of(entry),
            key=session_id.encode(),
            headers=headers_of(entry, service="residents"),
        )


@asynccontextmanager
async def others_of(bootstrap_servers: str) -> AsyncIterator[Others]:
    """The others, with a connection to the broker."""
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap_servers)
    await producer.start()
    try:
        yield Others(producer)
    finally:
        await producer.stop()


async def told(
    bootstrap_servers: str, community_id: str, *, at_least: int, within_seconds: float = 20
) -> list[dict[str, Any]]:
    """What this service has told of a community since it began, in the order of each subject."""
    return await _told_until(
        bootstrap_servers, community_id, lambda found: len(found) >= at_least, within_seconds
    )


async def told_of_vouchers(
    bootstrap_servers: str, community_id: str, wanted: Counter[str], *, within_seconds: float = 60
) -> Counter[str]:
    """What this service has told of vouchers, by kind, once it is all that is wanted."""

    def kinds(found: list[dict[str, Any]]) -> Counter[str]:
        return Counter(each["type"] for each in found if "voucher_id" in each)

    return kinds(
        await _told_until(
            bootstrap_servers, community_id, lambda found: kinds(found) >= wanted, within_seconds
        )
    )


async def _told_until(
    bootstrap_servers: str,
    community_id: str,
    is_all: Callable[[list[dict[str, Any]]], bool],
    within_seconds: float,
) -> list[dict[str, Any]]:
    consumer = AIOKafkaConsumer(
        _EVENTS, bootstrap_servers=bootstrap_servers, auto_offset_reset="earliest"
    )
    await consumer.start()
    found: list[dict[str, Any]] = []
    try:
        async with asyncio.timeout(within_seconds):
            while not is_all(found):
                record = await consumer.getone()
                headers = dict(record.headers)
                if headers["ce_communityid"].decode() == community_id:
                    data = msgspec.json.decode(record.value)
                    found.append({"type": headers["ce_type"].decode(), **data})
    finally:
        await consumer.stop()
    return found
