"""Events that came before what they depend on: kept, and handed over again later."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from prometheus_client import Gauge

from chassis.clock import Now
from chassis.dead_letters import Arrived, log_failure
from chassis.errors import Unavailable
from chassis.events import Envelope
from chassis.listening import EarlyArrival
from chassis.mongo import Document, DuplicateKey, Index, Store

COLLECTION = "early_arrivals"
_kept = Gauge("linli_early_arrivals", "Events kept until what they depend on is here", ["lane"])
_oldest = Gauge("linli_early_arrivals_oldest_seconds", "Age of the oldest kept event", ["lane"])
_AT_ONCE = 100
_KNOWN_LIMIT = 1000
_COUNT_LIMIT = 10_000
_LONGEST_WAIT_SECONDS = 300.0


def collection_of(lane: str | None) -> str:
    """Where the early arrivals of a lane are kept; each lane hands over its own alone."""
    return COLLECTION if lane is None else f"{COLLECTION}_{lane}"


def indexes(lane: str | None = None) -> list[Index]:
    """The indexes of a lane's early arrivals."""
    collection = collection_of(lane)
    return [
        Index(collection=collection, keys=(("awaits", 1),)),
        Index(collection=collection, keys=(("next_at", 1),)),
        Index(collection=collection, keys=(("kept_at", 1),)),
    ]


Deliver = Callable[[Arrived], Awaitable[None]]
GiveUp = Callable[[Arrived, Exception], Awaitable[None]]


class EarlyArrivals:
    """The early arrivals of one service's lane, shared by its workers."""

    def __init__(
        self,
        store: Store,
        *,
        now: Now,
        deliver: Deliver,
        give_up: GiveUp,
        attempts: int,
        lane: str | None = None,
    ) -> None:
        self._kept = store.collection(collection_of(lane))
        self._lane = lane or ""
        self._now = now
        self._deliver = deliver
        self._give_up = give_up
        self._attempts = attempts
        # What this process knows to be awaited; what another keeps, the sweep finds.
        self._awaited: set[str] = set()

    async def keep(self, arrived: Arrived, envelope: Envelope, awaits: str) -> None:
        """Keep an event, then try it once more: what it awaits may have come meanwhile."""
        now = self._now()
        document = {
            "_id": envelope.id,
            "awaits": awaits,
            "type": envelope.type,
            "subject": envelope.subject,
            "sequence": envelope.sequence,
            "topic": arrived.topic,
            "partition": arrived.partition,
            "offset": arrived.offset,
            "key": arrived.key,
            "value": arrived.value,
            "headers": [[name, value] for name, value in arrived.headers],
            "kept_at": now,
            "next_at": now,
            "looks": 0,
            "failures": 0,
        }
        try:
            await self._kept.insert_one(document)
        except DuplicateKey:
            await self._kept.update_one({"_id": envelope.id}, {"$set": {"awaits": awaits}})
        self._awaited.add(awaits)
        await self._apply(document)

    async def wake(self, subject: str) -> None:
        """Hand over again what awaits this subject. Raises: Unavailable."""
        if subject not in self._awaited:
            return
        self._awaited.discard(subject)
        found = await self._kept.find(
            {"awaits": subject}, sort=(("subject", 1), ("sequence", 1)), limit=_AT_ONCE
        )
        for document in found:
            await self._apply(document)

    async def sweep(self) -> None:
        """Hand over again what is due, and measure what is kept. Raises: Unavailable."""
        due = await self._kept.find(
            {"next_at": {"$lte": self._now()}}, sort=(("next_at", 1),), limit=_AT_ONCE
        )
        for document in sorted(due, key=lambda kept: (kept["subject"], kept["sequence"])):
            await self._apply(document)
        await self._measure()

    async def _apply(self, document: Document) -> None:
        arrived = _arrived(document)
        try:
            await self._deliver(arrived)
        except EarlyArrival as still:
            await self._wait_on(document, still.awaits)
            return
        except Unavailable:
            raise
        except Exception as error:
            log_failure("an early arrival failed", error, event_id=document["_id"])
            await self._failed(document, arrived, error)
            return
        await self._kept.delete_one({"_id": document["_id"]})

    async def _wait_on(self, document: Document, awaits: str) -> None:
        self._awaited.add(awaits)
        await self._postpone(document, {"awaits": awaits}, {"looks": 1})

    async def _failed(self, document: Document, arrived: Arrived, error: Exception) -> None:
        if document["failures"] + 1 >= self._attempts:
            await self._give_up(arrived, error)
            await self._kept.delete_one({"_id": document["_id"]})
            return
        await self._postpone(document, {}, {"looks": 1, "failures": 1})

    async def _postpone(self, document: Document, fields: Document, counts: Document) -> None:
        seconds = min(_LONGEST_WAIT_SECONDS, 2.0 ** min(document["looks"], 10))
        next_at = self._now() + timedelta(seconds=seconds)
        await self._kept.update_one(
            {"_id": document["_id"]}, {"$set": {**fields, "next_at": next_at}, "$inc": counts}
        )

    async def _measure(self) -> None:
        known = await self._kept.find({}, fields={"awaits": 1}, limit=_KNOWN_LIMIT)
        self._awaited = {document["awaits"] for document in known}
        full = len(known) == _KNOWN_LIMIT
        count = await self._kept.count({}, limit=_COUNT_LIMIT) if full else len(known)
        _kept.labels(self._lane).set(count)
        oldest = (
            await self._kept.find_one({}, fields={"kept_at": 1}, sort=(("kept_at", 1),))
            if known
            else None
        )
        age_seconds = (self._now() - oldest["kept_at"]).total_seconds() if oldest else 0.0
        _oldest.labels(self._lane).set(age_seconds)


def _arrived(document: Document) -> Arrived:
    return Arrived(
        topic=document["topic"],
        partition=document["partition"],
        offset=document["offset"],
        key=document["key"],
        value=document["value"],
        headers=[(name, bytes(value)) for name, value in document["headers"]],
    )
