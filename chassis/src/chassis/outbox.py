"""The relay from outboxes to Kafka: one lease-holder a service, others stand by.

It finds documents whose outbox is not empty, publishes in each document's order, and pulls only
what was acknowledged. So first deliveries of a key are in order; after a crash, or after an
acknowledgement that did not arrive, earlier ones may come again (e1 e2 e1).
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import msgspec
import structlog
from prometheus_client import Counter, Gauge

from chassis.clock import Now, utc_now
from chassis.errors import StoreUnavailable
from chassis.events import PUBLISHED_AT, OutboxEntry
from chassis.kafka_access import KafkaAccess
from chassis.lease import Held, Lease
from chassis.mongo import Collection, Document, Store
from chassis.outbox_batch import Outbox, messages_of, oldest, published
from chassis.outbox_wake import OutboxWake
from chassis.publisher import Producer, Publisher

LEASE = "outbox-relay"

_log = structlog.get_logger(__name__)
_published = Counter("linli_outbox_published_total", "Events acknowledged by Kafka", ["collection"])
_failures = Counter("linli_outbox_failures_total", "Batches not published whole", ["collection"])
_waiting = Gauge("linli_outbox_waiting_documents", "Documents with waiting events", ["collection"])
_age = Gauge("linli_outbox_oldest_seconds", "Age of the oldest waiting event", ["collection"])
_refused_documents = Gauge("linli_outbox_refused_documents", "Documents whose event Kafka refuses")

NOT_EMPTY = {"outbox.at": {"$gt": datetime(1970, 1, 1, tzinfo=UTC)}}
_COUNT_LIMIT = 10_000
_REFUSED_SECONDS = 60.0
_FIRST_FAILURE_SECONDS = 0.25
_LONGEST_FAILURE_SECONDS = 2.0


class Relay:
    """Publishes what waits in the outboxes of a service."""

    def __init__(
        self,
        *,
        service: str,
        kafka: KafkaAccess,
        store: Store,
        collections: Sequence[str],
        batch: int = 200,
        now: Now = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
        lease: Lease | None = None,
        make_producer: Callable[[], Producer] | None = None,
    ) -> None:
        self._service = service
        self._collections = [store.collection(name) for name in collections]
        self._batch = batch
        self._now = now
        self._monotonic = monotonic
        self._lease = lease or Lease(store, LEASE)
        self._publisher = Publisher(
            kafka, client_id=f"{service}-relay", make_producer=make_producer
        )
        self._wake = OutboxWake(self._collections, monotonic=monotonic)
        self._refused: dict[str, float] = {}

    async def run(self) -> None:
        """Publish until cancelled; what could not be published stays in the outbox."""
        await self._lease.run(self._relay)

    async def _relay(self, held: Held) -> None:
        watching = asyncio.create_task(self._wake.watch())
        failed_seconds = 0.0
        try:
            while held.valid:
                began = self._monotonic()
                if not await self._round(held):
                    failed_seconds = _after_failure(failed_seconds)
                    await asyncio.sleep(failed_seconds)
                    continue
                failed_seconds = 0.0
                await self._wake.wait(cost_seconds=self._monotonic() - began)
        finally:
            watching.cancel()
            await asyncio.wait([watching])
            await self._publisher.close()

    async def _round(self, held: Held) -> bool:
        """Publish a batch of each collection that may hold something. Returns: whether all went.

        An event need not wait until the collections are looked at that nobody has written to.
        """
        whole = True
        for collection in self._wake.take():
            went, more = False, True
            try:
                outboxes = await self._waiting(collection)
                await self._measure(collection, outboxes)
                went = await self._publish(collection, outboxes, held)
                more = len(outboxes) == self._batch
            except StoreUnavailable:
                _log.warning("the store is away", collection=collection.name)
            whole = whole and went
            if more or not went:
                self._wake.look_again(collection)
        return whole

    async def _waiting(self, collection: Collection) -> list[Outbox]:
        where: Document = {**NOT_EMPTY}
        aside = self._set_aside()
        if aside:
            where["_id"] = {"$nin": aside}
        found = await collection.find(
            where, fields={"outbox": 1}, sort=(("outbox.at", 1),), limit=self._batch
        )
        return [
            Outbox(document["_id"], msgspec.convert(document["outbox"], list[OutboxEntry]))
            for document in found
        ]

    async def _publish(self, collection: Collection, outboxes: list[Outbox], held: Held) -> bool:
        if not outboxes:
            return True
        messages = messages_of(outboxes, service=self._service)
        outcomes = await self._publisher.publish(messages, go_on=lambda: held.valid)
        done = published(outboxes, outcomes)
        if done.events:
            # One write for the whole batch; ids of events are unique across documents. It is no
            # change of the aggregates: their version stays.
            await collection.update_many(
                {"_id": {"$in": done.documents}},
                {
                    "$pull": {"outbox": {"id": {"$in": done.events}}},
                    "$set": {PUBLISHED_AT: self._now()},
                },
            )
            _published.labels(collection.name).inc(len(done.events))
        self._put_aside(done.refused)
        if len(done.events) == len(messages):
            return True
        _failures.labels(collection.name).inc()
        return len(done.refused) + len(done.documents) >= len(outboxes)

    async def _measure(self, collection: Collection, outboxes: list[Outbox]) -> None:
        waiting = len(outboxes)
        if waiting == self._batch:
            waiting = await collection.count(NOT_EMPTY, limit=_COUNT_LIMIT)
        since = oldest(outboxes)
        _waiting.labels(collection.name).set(waiting)
        _age.labels(collection.name).set(
            max(0.0, (self._now() - since).total_seconds()) if since else 0.0
        )

    def _put_aside(self, documents: Sequence[str]) -> None:
        """A refused event holds up its own key only, and is tried again now and then."""
        for document in documents:
            _log.error("Kafka refuses an event; its document waits", document=document)
            self._refused[document] = self._monotonic() + _REFUSED_SECONDS
        _refused_documents.set(len(self._refused))

    def _set_aside(self) -> list[str]:
        now = self._monotonic()
        self._refused = {document: end for document, end in self._refused.items() if end > now}
        return list(self._refused)


def _after_failure(seconds: float) -> float:
    return min(_LONGEST_FAILURE_SECONDS, seconds * 2 or _FIRST_FAILURE_SECONDS)
