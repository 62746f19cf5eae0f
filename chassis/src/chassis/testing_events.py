"""For tests: what a service hears of others that do not run, and what it tells itself."""

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from chassis.clock import utc_now
from chassis.events import OutboxEntry, headers_of, value_of
from chassis.ids import new_id


class OtherService:
    """A service that does not run: it tells on its topic what its outbox would."""

    def __init__(self, producer: AIOKafkaProducer, name: str, topic: str) -> None:
        self._producer = producer
        self._name = name
        self._topic = topic

    async def tell(
        self, event_type: str, subject: str, community_id: str, sequence: int = 1, **data: object
    ) -> None:
        """Tell of the aggregate of this id; the event's data are these and the community's id."""
        entry = OutboxEntry(
            id=new_id("event"),
            type=event_type,
            sequence=sequence,
            at=utc_now(),
            topic=self._topic,
            key=subject,
            subject=subject,
            community_id=community_id,
            data=msgspec.to_builtins({"community_id": community_id, **data}),
        )
        await self._producer.send_and_wait(
            entry.topic,
            value_of(entry),
            key=entry.key.encode(),
            headers=headers_of(entry, service=self._name),
        )


async def told(
    bootstrap_servers: str,
    topic: str,
    community_id: str,
    is_all: Callable[[list[dict[str, Any]]], bool],
    *,
    within_seconds: float = 20,
) -> list[dict[str, Any]]:
    """What a topic tells of a community from its beginning on, once that is all.

    Returns: the data of each event with its type, in the order of each subject.
    Raises: TimeoutError.
    """
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=bootstrap_servers, auto_offset_reset="earliest"
    )
    found: list[dict[str, Any]] = []
    async with consumer, asyncio.timeout(within_seconds):
        while not is_all(found):
            record = await consumer.getone()
            headers = dict(record.headers)
            if headers["ce_communityid"].decode() == community_id:
                data = msgspec.json.decode(record.value)
                found.append({"type": headers["ce_type"].decode(), **data})
    return found
