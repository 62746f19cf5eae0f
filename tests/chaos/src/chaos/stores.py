"""The stores and the broker behind the doors, read beside them: for the audit, never written."""

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from chassis.bounded_wait import within
from chassis.mongo import Document, Store
from chassis.outbox import NOT_EMPTY
from chassis.rooms import outboxes_of
from chassis.topics import Topic
from issues.bootstrap.rooms import PLANS as ISSUES_PLANS
from local_stack.layout import Layout
from outreach.bootstrap.rooms import PLANS as OUTREACH_PLANS
from residents.bootstrap.rooms import PLANS as RESIDENTS_PLANS
from vouchers.bootstrap.rooms import PLANS as VOUCHERS_PLANS

from chaos.schedule import SERVICES

OUTBOXES: Mapping[str, tuple[str, ...]] = {
    "residents": tuple(outboxes_of(RESIDENTS_PLANS)),
    "issues": tuple(outboxes_of(ISSUES_PLANS)),
    "vouchers": tuple(outboxes_of(VOUCHERS_PLANS)),
    "outreach": tuple(outboxes_of(OUTREACH_PLANS)),
}
TOPICS = tuple(f"linli.{service}.events" for service in SERVICES)
HEARD: Mapping[str, tuple[str, ...]] = {
    "linli.residents": ("residents", "vouchers"),
    "linli.residents.follow_ups": ("residents",),
    "linli.issues": ("outreach", "issues", "residents"),
    "linli.vouchers": ("residents", "issues", "vouchers"),
    "linli.outreach": ("outreach", "issues", "residents", "vouchers"),
}
"""Whose topics each consumer group hears."""
PARTITIONS = tuple(
    TopicPartition(topic, number) for topic in TOPICS for number in range(Topic(topic).partitions)
)
Ends = dict[TopicPartition, int]
_ANSWER_WITHIN_SECONDS = 10.0


@dataclass(frozen=True)
class Stores:
    """The stores by service, and where Kafka is."""

    by_service: Mapping[str, Store]
    bootstrap_servers: str

    @classmethod
    def of(cls, layout: Layout) -> "Stores":
        """Return those of a stack."""
        uri = f"mongodb://127.0.0.1:{layout.port('store')}/?directConnection=true"
        return cls(
            {name: Store.connect(uri, f"linli_{name}") for name in SERVICES},
            f"127.0.0.1:{layout.port('kafka')}",
        )

    async def close(self) -> None:
        """Let go of the stores."""
        for store in self.by_service.values():
            await store.close()

    async def waiting(self, service: str, *, before: datetime | None = None) -> str:
        """Name a collection with events to publish, that wait since before a moment; "" if none."""
        where: Document = {"outbox.at": {"$lt": before}} if before else NOT_EMPTY
        for name in OUTBOXES[service]:
            if await self.has(service, name, where):
                return f"{service}.{name}"
        return ""

    async def has(self, service: str, collection: str, where: Document) -> bool:
        """Whether there is such a document."""
        return bool(await self.by_service[service].collection(collection).count(where, limit=1))


class Topics:
    """What stands in the topics, and how far each group has come.

    Its clients are made at the first question, and made anew after a failure.
    """

    def __init__(self, bootstrap_servers: str) -> None:
        self._servers = bootstrap_servers
        self._consumer: AIOKafkaConsumer | None = None
        self._admin: AIOKafkaAdminClient | None = None

    async def ends(self) -> Ends:
        """Return where each partition ends now."""
        if self._consumer is None:
            consumer = AIOKafkaConsumer(bootstrap_servers=self._servers)
            await self._answered(consumer.start())
            self._consumer = consumer
        return dict(await self._answered(self._consumer.end_offsets(PARTITIONS)))

    async def behind(self, ends: Ends) -> str:
        """Name a group and a partition that it has not heard up to these ends; "" if none."""
        if self._admin is None:
            admin = AIOKafkaAdminClient(bootstrap_servers=self._servers)
            await self._answered(admin.start())
            self._admin = admin
        for group, heard in HEARD.items():
            committed = await self._answered(self._admin.list_consumer_group_offsets(group))
            for partition, end in ends.items():
                if partition.topic.split(".")[1] not in heard or not end:
                    continue
                at = committed[partition].offset if partition in committed else 0
                if at < end:
                    return f"{group} at {at} of {end} in {partition.topic}"
        return ""

    async def close(self) -> None:
        """Let go of the broker."""
        consumer, self._consumer = self._consumer, None
        admin, self._admin = self._admin, None
        if consumer is not None:
            await within(_ANSWER_WITHIN_SECONDS, consumer.stop())
        if admin is not None:
            await within(_ANSWER_WITHIN_SECONDS, admin.close())

    async def _answered(self, asked: Awaitable[Any]) -> Any:
        try:
            async with asyncio.timeout(_ANSWER_WITHIN_SECONDS):
                return await asked
        except (KafkaError, OSError):  # TimeoutError is one
            await self.close()
            raise
