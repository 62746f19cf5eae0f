"""When nothing is under way any more: all published, all heard, all sent, all cleared up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.clock import utc_now
from chassis.mongo import Document, Store
from chassis.outbox import NOT_EMPTY
from chassis.rooms import outboxes_of
from issues.bootstrap.rooms import PLANS as ISSUES_PLANS
from outreach.bootstrap.rooms import PLANS as OUTREACH_PLANS
from residents.bootstrap.rooms import PLANS as RESIDENTS_PLANS
from residents.domain.imports.batch import ENDED, WORK_TO_DO
from vouchers.bootstrap.rooms import PLANS as VOUCHERS_PLANS

from chassis import early_arrivals
from local_stack.acting.topics import HEARD, Topics

OUTBOXES: Mapping[str, tuple[str, ...]] = {
    "residents": tuple(outboxes_of(RESIDENTS_PLANS)),
    "issues": tuple(outboxes_of(ISSUES_PLANS)),
    "vouchers": tuple(outboxes_of(VOUCHERS_PLANS)),
    "outreach": tuple(outboxes_of(OUTREACH_PLANS)),
}
"""The collections of each service whose documents carry events to publish."""
_SENDING: Document = {"$in": ["pending", "sending"]}
# A confirmed matter waits for its reporter to be verified: that is a person's turn.
_ARRIVED_EARLY: Document = {"type": {"$ne": "issue.confirmed.v1"}}


@dataclass(frozen=True)
class Work:
    """Documents that are there only while something is half done."""

    service: str
    collection: str
    where: Document


def work_at(moment: datetime) -> Sequence[Work]:
    """Return all that no event tells the workers, as far as it is due by then."""
    due: Document = {"$lte": moment}
    return (
        *map(_early_arrivals, HEARD),
        Work("outreach", "comments", {"reply.delivery": _SENDING}),
        Work("outreach", "notifications", {"phone.state": _SENDING}),
        Work("outreach", "commenters", {"due_at": due}),
        Work("issues", "issues", {"watch_at": due}),
        Work("vouchers", "campaigns", {"has_work": True}),
        Work("vouchers", "ledger_entries", {"seq": None}),
        Work("residents", "import_batches", {"state": {"$in": list(WORK_TO_DO)}}),
        Work(
            "residents",
            "import_batches",
            {"state": {"$in": list(ENDED)}, "has_leftovers": True},
        ),
    )


def _early_arrivals(group: str) -> Work:
    """What a group, such as `linli.residents.follow_ups`, keeps until it can be handled."""
    _, service, *lane = group.split(".")
    return Work(service, early_arrivals.collection_of(lane[0] if lane else None), _ARRIVED_EARLY)


async def waiting_events(store: Store, service: str, *, before: datetime | None = None) -> str:
    """Name a collection with events to publish, that wait since before a moment; "" if none."""
    where: Document = {"outbox.at": {"$lt": before}} if before else NOT_EMPTY
    for name in OUTBOXES[service]:
        if await _has(store, name, where):
            return f"{service}.{name}"
    return ""


class Rest:
    """Looks whether a system is at rest.

    Args:
        stores: of every service.
    """

    def __init__(self, stores: Mapping[str, Store], topics: Topics) -> None:
        self._stores = stores
        self._topics = topics

    async def outstanding(self) -> list[str]:
        """Name what is under way; nothing where all is at rest.

        Raises: StoreUnavailable; KafkaError; OSError.
        """
        # What lies in an outbox moves to a topic, and what is heard there fills outboxes again:
        # it is quiet only if both are at rest, and nothing moved while they were looked at.
        ends = await self._topics.ends()
        found = await self._waiting_events()
        if unknown := await self._topics.unknown_group():
            found.append(f"nobody says what {unknown} hears")
        if behind := await self._topics.behind(ends):
            found.append(behind)
        found += [
            f"{work.service}.{work.collection} {work.where}"
            for work in work_at(utc_now())
            if await _has(self._stores[work.service], work.collection, work.where)
        ]
        if not found:
            found = await self._waiting_events()
        if not found and await self._topics.ends() != ends:
            found.append("events still come")
        return found

    async def close(self) -> None:
        """Let go of the broker."""
        await self._topics.close()

    async def _waiting_events(self) -> list[str]:
        names = [await waiting_events(store, name) for name, store in self._stores.items()]
        return [name for name in names if name]


async def _has(store: Store, collection: str, where: Document) -> bool:
    return bool(await store.collection(collection).count(where, limit=1))
