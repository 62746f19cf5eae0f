"""Records what the services tell over Kafka while the story is played, without a group."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import GroupCoordinatorNotAvailableError, KafkaError

from story.page.told import Told, told_of

SERVICES = ("residents", "issues", "vouchers", "outreach")
_TOPICS = tuple(f"linli.{service}.events" for service in SERVICES)
_GROUPS = "linli."
# What was written last may still be on its way from an outbox, and to those who listen.
_QUIET_MS = 2_000
_WITHIN_SECONDS = 60.0
_CLOSE_SECONDS = 5.0

Place = tuple[str, int]
"""A topic and a partition."""


class TapeTorn(Exception):
    """Kafka could not be read: the story goes on without its picture."""


class Recorded(msgspec.Struct, frozen=True):
    """What was told.

    Attributes:
        events: by time.
        handled: of a service, the first offset that its group has not handled, by place.
    """

    events: list[Told]
    handled: Mapping[str, Mapping[Place, int]]

    def is_handled(self, service: str, event: Told) -> bool:
        """Whether a service has come beyond an event."""
        first_open = self.handled.get(service, {}).get((event.topic, event.partition), 0)
        return first_open > event.offset


class EventTape:
    """The four topics, from the moment of `begin` to that of `end`."""

    def __init__(self, bootstrap_servers: str, *, listeners: Sequence[str] = SERVICES) -> None:
        """Describe the tape. Args: listeners: the services whose groups are looked at."""
        self._bootstrap_servers = bootstrap_servers
        self._listeners = listeners
        self._begins: Mapping[TopicPartition, int] = {}

    async def begin(self) -> None:
        """Note where each topic ends now. Raises: TapeTorn."""
        async with self._connected() as (reader, admin):
            self._begins = await reader.end_offsets(await _partitions(admin))

    async def end(self, community_id: str | None) -> Recorded:
        """Return what was told since `begin`, once nothing more comes.

        Args:
            community_id: only of this community, and of what belongs to none.
        Raises: TapeTorn.
        """
        async with self._connected() as (reader, admin):
            partitions = await _partitions(admin)
            reader.assign(partitions)
            for partition in partitions:
                reader.seek(partition, self._begins.get(partition, 0))
            events = [
                event
                async for event in _until_quiet(reader, partitions)
                if event.community_id in {community_id, ""}
            ]
            handled = await _handled(admin, self._listeners)
        return Recorded(sorted(events, key=lambda event: event.order), handled)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[tuple[Any, Any]]:
        """A reader and an administrator. Raises: TapeTorn for whatever Kafka raises."""
        servers = self._bootstrap_servers
        reader = AIOKafkaConsumer(bootstrap_servers=servers, enable_auto_commit=False)
        admin = AIOKafkaAdminClient(bootstrap_servers=servers)
        try:
            async with asyncio.timeout(_WITHIN_SECONDS):
                await admin.start()
                await reader.start()
                yield reader, admin
        except (KafkaError, OSError, TimeoutError) as error:
            raise TapeTorn(repr(error)) from error
        finally:
            for closing in (reader.stop(), admin.close()):
                await asyncio.wait([asyncio.ensure_future(closing)], timeout=_CLOSE_SECONDS)


async def _partitions(admin: Any) -> list[TopicPartition]:
    """Those of the topics that are there: a reader would wait for a missing one."""
    described = await admin.describe_topics(list(_TOPICS))
    return [
        TopicPartition(topic["topic"], partition["partition"])
        for topic in described
        if topic["error_code"] == 0
        for partition in topic["partitions"]
    ]


async def _until_quiet(reader: Any, partitions: list[TopicPartition]) -> AsyncIterator[Told]:
    while True:
        found = await reader.getmany(timeout_ms=_QUIET_MS)
        if not found and await _is_at_the_end(reader, partitions):
            return
        for partition, records in found.items():
            for record in records:
                event = told_of(
                    partition.topic,
                    partition.partition,
                    record.offset,
                    record.headers,
                    record.value,
                )
                if event is not None:
                    yield event


async def _is_at_the_end(reader: Any, partitions: list[TopicPartition]) -> bool:
    ends = await reader.end_offsets(partitions)
    return all([await reader.position(partition) >= end for partition, end in ends.items()])


async def _handled(admin: Any, services: Sequence[str]) -> dict[str, dict[Place, int]]:
    """How far each service's group has come. Its further lanes are for what nobody waits for."""
    handled = {}
    for service in services:
        try:
            committed = await admin.list_consumer_group_offsets(f"{_GROUPS}{service}")
        except GroupCoordinatorNotAvailableError:
            continue  # a broker at which nobody has ever joined a group
        handled[service] = {(it.topic, it.partition): at.offset for it, at in committed.items()}
    return handled
