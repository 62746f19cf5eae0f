"""When nothing is under way any more: all published, all heard, all sent, all cleared up."""

from collections.abc import Mapping

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from chassis.clock import utc_now
from chassis.mongo import Document, Store
from chassis.outbox import NOT_EMPTY
from chassis.testing_waits import until
from chassis.topics import Topic
from issues.bootstrap import rooms as issues
from outreach.adapters.topics import EVENTS as OUTREACH_EVENTS
from outreach.adapters.topics import ISSUES_EVENTS, RESIDENTS_EVENTS
from outreach.bootstrap.rooms import PLANS as OUTREACH_PLANS
from residents.bootstrap.rooms import PLANS
from residents.domain.imports.batch import ENDED, WORK_TO_DO
from vouchers.bootstrap.rooms import PLANS as VOUCHERS_PLANS
from vouchers.domain.events import SERVICE_TOPIC as VOUCHERS_EVENTS

from chassis import early_arrivals

_OUTBOXES = {
    "residents": [name for plan in PLANS for name in plan.outboxes],
    "issues": list(issues.OUTBOXES),
    "vouchers": [name for plan in VOUCHERS_PLANS for name in plan.outboxes],
    "outreach": [name for plan in OUTREACH_PLANS for name in plan.outboxes],
}
_HEARD = {
    "linli.residents": (RESIDENTS_EVENTS, VOUCHERS_EVENTS),
    "linli.residents.follow_ups": (RESIDENTS_EVENTS,),
    "linli.issues": (OUTREACH_EVENTS, ISSUES_EVENTS, RESIDENTS_EVENTS),
    "linli.vouchers": (RESIDENTS_EVENTS, ISSUES_EVENTS, VOUCHERS_EVENTS),
    "linli.outreach": (OUTREACH_EVENTS, ISSUES_EVENTS, RESIDENTS_EVENTS, VOUCHERS_EVENTS),
}
"""The topics of each consumer group."""
_PARTITIONS = {
    TopicPartition(topic, number)
    for topic in {topic for heard in _HEARD.values() for topic in heard}
    for number in range(Topic(topic).partitions)
}
# A confirmed matter waits for its reporter to be verified: that is a person's turn.
_ARRIVED_EARLY: Document = {"type": {"$ne": "issue.confirmed.v1"}}
_UNSENT: Document = {"reply.delivery": {"$in": ["pending", "sending"]}}
_UNSENT_NOTICES: Document = {"phone.state": {"$in": ["pending", "sending"]}}
_CAMPAIGNS_AT_WORK: Document = {"has_work": True}
_UNSEALED_ENTRIES: Document = {"seq": None}
_IMPORTS_UNDER_WAY: Document = {"state": {"$in": list(WORK_TO_DO)}}
_IMPORTS_TO_CLEAR_UP: Document = {"state": {"$in": list(ENDED)}, "has_leftovers": True}


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
        """Return when every event is handled, every reply sent and every import at its end."""
        await until(self._is_here, within_seconds=60)

    async def _is_here(self) -> bool:
        # What lies in an outbox moves to a topic, and what is heard there fills outboxes again:
        # it is quiet only if both are at rest, and nothing moved while they were looked at.
        ends = await self._consumer.end_offsets(_PARTITIONS)
        if not (await self._has_published_all() and await self._has_heard_all(ends)):
            return False
        if await self._works_by_itself():
            return False
        return await self._has_published_all() and (
            await self._consumer.end_offsets(_PARTITIONS) == ends
        )

    async def _has_published_all(self) -> bool:
        for service, collections in _OUTBOXES.items():
            for name in collections:
                if await self._is_there(service, name, NOT_EMPTY):
                    return False
        return True

    async def _has_heard_all(self, ends: Mapping[TopicPartition, int]) -> bool:
        """Whether each group of each service has handled what it hears, and awaits nothing."""
        for group, _ in await self._admin.list_consumer_groups():
            _, service, *lane = group.split(".")
            waiting = early_arrivals.collection_of(*lane or [None])
            if await self._is_there(service, waiting, _ARRIVED_EARLY):
                return False
            committed = await self._admin.list_consumer_group_offsets(group)
            for partition, end in ends.items():
                heard_up_to = committed[partition].offset if partition in committed else 0
                if partition.topic in _HEARD[group] and heard_up_to < end:
                    return False
        return True

    async def _works_by_itself(self) -> bool:
        """Whether a worker has something to do that no event tells it."""
        due: Document = {"due_at": {"$lte": utc_now()}}
        return (
            await self._is_there("outreach", "comments", _UNSENT)
            or await self._is_there("outreach", "notifications", _UNSENT_NOTICES)
            or await self._is_there("outreach", "commenters", due)
            or await self._is_there("issues", "issues", {"watch_at": {"$lte": utc_now()}})
            or await self._is_there("vouchers", "campaigns", _CAMPAIGNS_AT_WORK)
            or await self._is_there("vouchers", "ledger_entries", _UNSEALED_ENTRIES)
            or await self._is_there("residents", "import_batches", _IMPORTS_UNDER_WAY)
            or await self._is_there("residents", "import_batches", _IMPORTS_TO_CLEAR_UP)
        )

    async def _is_there(self, service: str, collection: str, where: Document) -> bool:
        return bool(await self._stores[service].collection(collection).count(where, limit=1))
