"""Saying again what is so: the facts of aggregates at their current sequence.

Facts go through the outbox, so they keep their place in their key's order, survive a broker
that is away, and are published by the one relay. Their ids are derived from aggregate, sequence
and type: a repeat is the same event again. Of several facts of one type, each has its number in
its id as well: the event of this sequence was only one of them, and no other bears its id.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec

from chassis.aggregates import Aggregate, Aggregates, Cursor, Event, event_id
from chassis.clock import Now, utc_now
from chassis.events import PUBLISHED_AT, OutboxEntry
from chassis.ids import derived_id
from chassis.mongo import Document

A = TypeVar("A", bound=Aggregate)
_PAGE = 100
_ROUNDS = 20


class StillChanging(Exception):
    """Some aggregates changed in every round; their own events tell of them."""


@dataclass(frozen=True)
class Facts(Generic[A]):
    """How one kind of aggregate is told from the beginning.

    Attributes:
        of: the events that tell all that others may know of it, as it is now.
    """

    aggregates: Aggregates[A]
    of: Callable[[A], Sequence[Event]]


async def republish(
    facts: Sequence[Facts[Any]],
    *,
    topic: str,
    since: datetime | None,
    dry_run: bool = False,
    now: Now = utc_now,
) -> int:
    """Put the facts into the outboxes again; the relay publishes them.

    Args:
        facts: every kind of aggregate that has something to say.
        topic: for events that name no topic of their own.
        since: only aggregates with an event published at or after this; None for all.
        dry_run: put nothing, only count.
        now: the clock.
    Returns: how many events were put, or would be.
    Raises: StillChanging, StoreUnavailable.
    """
    where: Document = {} if since is None else {PUBLISHED_AT: {"$gte": since}}
    return sum(
        [await _Republishing(kind, topic, now, dry_run=dry_run).all(where) for kind in facts]
    )


class _Republishing(Generic[A]):
    def __init__(self, facts: Facts[A], topic: str, now: Now, *, dry_run: bool) -> None:
        self._facts = facts
        self._topic = topic
        self._now = now
        self._dry_run = dry_run
        self._put = 0

    async def all(self, where: Document) -> int:
        changed = [a.id async for page in self._pages(where) for a in await self._put_page(page)]
        for _ in range(_ROUNDS):
            if not changed:
                return self._put
            again = {"_id": {"$in": changed}}
            changed = [
                a.id async for page in self._pages(again) for a in await self._put_page(page)
            ]
        raise StillChanging(", ".join(changed))

    async def _pages(self, where: Document) -> AsyncIterator[list[A]]:
        after: Cursor | None = None
        while True:
            page = await self._facts.aggregates.page(
                where, sort=(("_id", 1),), first=_PAGE, after=after
            )
            yield page.items
            if not page.has_next_page:
                return
            after = page.cursors[-1]

    async def _put_page(self, aggregates: Sequence[A]) -> list[A]:
        """Put the facts of some aggregates; returns those that changed meanwhile."""
        stored = await self._facts.aggregates.collection.find(
            # what holds its events back tells its facts when it lets them go
            {"_id": {"$in": [aggregate.id for aggregate in aggregates]}, "held": None},
            fields={"version": 1, "sequence": 1, "outbox.id": 1},
        )
        by_id = {document["_id"]: document for document in stored}
        return [
            aggregate
            for aggregate in aggregates
            if aggregate.id in by_id and not await self._put_one(aggregate, by_id[aggregate.id])
        ]

    async def _put_one(self, aggregate: A, stored: Document) -> bool:
        if stored["version"] != aggregate.version:
            return False
        waiting = {entry["id"] for entry in stored["outbox"]}
        entries = [
            entry
            for entry in self._entries(aggregate, stored["sequence"])
            if entry["id"] not in waiting
        ]
        if not entries:
            return True
        if self._dry_run:
            self._put += len(entries)
            return True
        put = await self._facts.aggregates.collection.update_one(
            {"_id": aggregate.id, "version": aggregate.version},
            {"$push": {"outbox": {"$each": entries}}},
        )
        self._put += len(entries) * put
        return put == 1

    def _entries(self, aggregate: A, sequence: int) -> list[Document]:
        at = self._now()
        facts = self._facts.of(aggregate)
        in_all, told = Counter(event.type for event in facts), Counter[str]()
        entries = []
        for event in facts:
            number = told[event.type] if in_all[event.type] > 1 else None
            entries.append(
                OutboxEntry(
                    id=_fact_id(aggregate.id, sequence, event.type, number),
                    type=event.type,
                    sequence=sequence,
                    at=at,
                    topic=getattr(event, "topic", self._topic),
                    key=aggregate.id,
                    subject=aggregate.id,
                    community_id=aggregate.community_id,
                    data=msgspec.to_builtins(event),
                )
            )
            told[event.type] += 1
        documents: list[Document] = [
            msgspec.to_builtins(entry, builtin_types=(datetime,)) for entry in entries
        ]
        return documents


def _fact_id(aggregate_id: str, sequence: int, event_type: str, number: int | None) -> str:
    if number is None:
        return event_id(aggregate_id, sequence, event_type)
    return derived_id("event", aggregate_id, str(sequence), event_type, str(number))
