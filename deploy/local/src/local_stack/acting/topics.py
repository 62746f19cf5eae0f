"""Where the services' topics end, and how far each group of consumers has come in them."""

import asyncio
from collections.abc import Awaitable, Mapping
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from chassis.bounded_wait import within
from chassis.topics import Topic

from local_stack.programs import SERVICES

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


class Topics:
    """What stands in the topics, and how far each group has come.

    Its clients are made at the first question, and made anew after a failure.
    """

    def __init__(self, bootstrap_servers: str) -> None:
        self._servers = bootstrap_servers
        self._consumer: AIOKafkaConsumer | None = None
        self._admin: AIOKafkaAdminClient | None = None

    async def ends(self) -> Ends:
        """Return where each partition ends now. Raises: KafkaError; OSError."""
        if self._consumer is None:
            self._consumer = AIOKafkaConsumer(bootstrap_servers=self._servers)
            await self._answered(self._consumer.start())
        return dict(await self._answered(self._consumer.end_offsets(PARTITIONS)))

    async def behind(self, ends: Ends) -> str:
        """Name a group and a partition that it has not heard up to these ends; "" if none.

        Raises: KafkaError; OSError.
        """
        for group, heard in HEARD.items():
            admin = await self._asked()
            committed = await self._answered(admin.list_consumer_group_offsets(group))
            for partition, end in ends.items():
                if partition.topic.split(".")[1] not in heard or not end:
                    continue
                at = committed[partition].offset if partition in committed else 0
                if at < end:
                    return f"{group} at {at} of {end} in {partition.topic}"
        return ""

    async def unknown_group(self) -> str:
        """Name a group of the broker's of which nobody says what it hears; "" if none.

        Raises: KafkaError; OSError.
        """
        admin = await self._asked()
        groups = await self._answered(admin.list_consumer_groups())
        return next((group for group, _ in sorted(groups) if group not in HEARD), "")

    async def close(self) -> None:
        """Let go of the broker."""
        consumer, self._consumer = self._consumer, None
        admin, self._admin = self._admin, None
        if consumer is not None:
            await within(_ANSWER_WITHIN_SECONDS, consumer.stop())
        if admin is not None:
            await within(_ANSWER_WITHIN_SECONDS, admin.close())

    async def _asked(self) -> AIOKafkaAdminClient:
        if self._admin is None:
            self._admin = AIOKafkaAdminClient(bootstrap_servers=self._servers)
            await self._answered(self._admin.start())
        return self._admin

    async def _answered(self, asked: Awaitable[Any]) -> Any:
        try:
            async with asyncio.timeout(_ANSWER_WITHIN_SECONDS):
                return await asked
        except (KafkaError, OSError):  # TimeoutError is one
            await self.close()
            raise
