"""When nothing is under way any more: all published, all heard, all sent."""

from collections.abc import Mapping

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from chassis.mongo import Store
from chassis.testing_waits import until

_OUTBOXES = {
    "residents": ("accounts", "sessions", "consents"),
    "issues": ("intakes", "issues"),
    "outreach": ("articles", "comments"),
}
_IMPORTS_UNDER_WAY = {"state": {"$in": ["received", "checking", "accepted", "applying"]}}
_UNSENT = {"reply.delivery": {"$in": ["pending", "sending"]}}


class Quiet:
    """Waits until the system is at rest."""

    def __init__(self, stores: Mapping[str, Store], bootstrap_servers: str) -> None:
        self._stores = stores
        self._admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap_servers)
        self._consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap_servers)

    async def __aenter__(self) -> "Quiet":
        await self._admin.start()
        await self._consumer.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._consumer.stop()
        await self._admin.close()

    async def come(self) -> None:
        """Return when every outbox is empty, every event handled and every reply sent."""
        await until(self._is_here, within_seconds=30)

    async def _is_here(self) -> bool:
        for service, collections in _OUTBOXES.items():
            for name in collections:
                if (
                    await self._stores[service]
                    .collection(name)
                    .count({"outbox.0": {"$exists": True}})
                ):
                    return False
        if await self._stores["outreach"].collection("comments").count(_UNSENT):
            return False
        if await self._stores["residents"].collection("import_batches").count(_IMPORTS_UNDER_WAY):
            return False
        return all([await self._has_heard_all(service) for service in _OUTBOXES])

    async def _has_heard_all(self, service: str) -> bool:
        committed = await self._admin.list_consumer_group_offsets(f"linli.{service}")
        ends: dict[TopicPartition, int] = await self._consumer.end_offsets(list(committed))
        return all(committed[partition].offset >= end for partition, end in ends.items())
