"""One service's event parts, built from one description; bootstrap makes it, commands use it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chassis.consumer import Consumer, Listener
from chassis.mongo import Index, Store
from chassis.outbox import Relay
from chassis.topics import Topic


@dataclass(frozen=True)
class EventPlumbing:
    """What a service owns and where the broker is.

    Attributes:
        topics: the topics it owns, the one of its events first.
        outboxes: the collections whose documents have an outbox.
    """

    service: str
    bootstrap_servers: str
    topics: Sequence[Topic]
    outboxes: Sequence[str]

    def relay(self, store: Store) -> Relay:
        """The relay from the outboxes to Kafka."""
        raise NotImplementedError

    def consumer(self, store: Store, listeners: Sequence[Listener[Any]]) -> Consumer:
        """The consumer of the service's group."""
        raise NotImplementedError

    def indexes(self) -> list[Index]:
        """The indexes that relay, lease, early arrivals and dead letters need."""
        raise NotImplementedError
