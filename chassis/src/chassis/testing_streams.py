"""For tests: what is told of aggregates, and in which orders it may come."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from chassis.event_contracts import Contracts
from chassis.events import OutboxEntry
from chassis.ids import derived_id

Said = tuple[str, Mapping[str, Any]]


def example(contracts: Contracts, event_type: str, number: int = 0, /, **changed: object) -> Said:
    """An event's type and the data of a contract's example, changed but still as contracted."""
    data = {**contracts.examples(event_type)[number], **changed}
    contracts.check_data(event_type, data)
    return event_type, data


@dataclass(frozen=True)
class Stream:
    """What is told of one aggregate, in its order.

    Attributes:
        said: event types and their data; the sequence counts from 1.
    """

    topic: str
    subject: str
    community_id: str
    said: Sequence[Said]

    def events(self) -> list[OutboxEntry]:
        """The events as their service's outbox has them."""
        return [
            OutboxEntry(
                id=derived_id("event", self.subject, str(sequence), event_type),
                type=event_type,
                sequence=sequence,
                at=datetime(2026, 11, 23, tzinfo=UTC),
                topic=self.topic,
                key=self.subject,
                subject=self.subject,
                community_id=self.community_id,
                data={**data, "community_id": self.community_id},
            )
            for sequence, (event_type, data) in enumerate(self.said, start=1)
        ]


@dataclass
class Waiting:
    """Who is yet to be told what, by key; what a service says itself is added as it says it."""

    by_key: dict[str, list[OutboxEntry]] = field(default_factory=dict)
    told: list[OutboxEntry] = field(default_factory=list)

    def add(self, events: Iterable[OutboxEntry]) -> None:
        for event in events:
            self.by_key.setdefault(event.key, []).append(event)

    def next_of(self, key: str) -> OutboxEntry:
        event = self.by_key[key].pop(0)
        if not self.by_key[key]:
            del self.by_key[key]
        self.told.append(event)
        return event


Order = Callable[[Waiting], Sequence[OutboxEntry]]
"""Takes what is delivered next from what waits; at least one event of it is new."""


def once(waiting: Waiting) -> Sequence[OutboxEntry]:
    """Each event once, an aggregate after the other."""
    return [waiting.next_of(next(iter(waiting.by_key)))]


def five_times(waiting: Waiting) -> Sequence[OutboxEntry]:
    """Each event five times in a row."""
    return [*once(waiting)] * 5


def with_those_before(waiting: Waiting) -> Sequence[OutboxEntry]:
    """e1, e2 e1, e3 e2 e1, e4 e3 e1: the last word of each aggregate is its first."""
    [new] = once(waiting)
    told = [event for event in waiting.told if event.key == new.key]
    return [new, *told[-2:-1], *told[:1]]


def shuffled(chance: random.Random) -> Order:
    """Aggregates in any order, each one's own kept, and now and then something told before."""

    def order(waiting: Waiting) -> Sequence[OutboxEntry]:
        again = chance.choices(waiting.told, k=chance.randint(0, 2)) if waiting.told else []
        return [waiting.next_of(chance.choice(list(waiting.by_key))), *again]

    return order
