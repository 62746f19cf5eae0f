"""One service's event parts, built from one description; bootstrap makes it, commands use it.

Each part is imported by whoever asks for it: an api without consumer and relay is 15 MB smaller.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chassis import early_arrivals
from chassis.aggregates import outbox_index
from chassis.clock import Now, utc_now
from chassis.kafka_access import KafkaAccess
from chassis.lease import DEFAULT_SECONDS, Lease
from chassis.listening import Listener
from chassis.mongo import Index, Store
from chassis.topics import Topic

if TYPE_CHECKING:
    from chassis.consumer import Consumer
    from chassis.dead_letter_office import DeadLetterOffice
    from chassis.outbox import Relay


@dataclass(frozen=True)
class EventPlumbing:
    """What a service owns and where the broker is.

    Attributes:
        kafka: the way to the broker.
        topics: the topics it owns, the one of its events first.
        outboxes: the collections whose documents have an outbox.
        lanes: the consumer groups that it has beside its first.
        relay_lease_seconds: how long after a relay was killed another may begin at the latest.
    """

    service: str
    kafka: KafkaAccess
    topics: Sequence[Topic]
    outboxes: Sequence[str]
    lanes: Sequence[str] = ()
    relay_lease_seconds: float = DEFAULT_SECONDS

    def relay(self, store: Store) -> "Relay":
        """The relay from the outboxes to Kafka."""
        from chassis.outbox import LEASE, Relay

        return Relay(
            service=self.service,
            kafka=self.kafka,
            store=store,
            collections=self.outboxes,
            lease=Lease(store, LEASE, seconds=self.relay_lease_seconds),
        )

    def consumer(
        self, store: Store, listeners: Sequence[Listener[Any]], *, lane: str | None = None
    ) -> "Consumer":
        """The consumer of the service's group, or of one of its lanes."""
        from chassis.consumer import Consumer

        return Consumer(
            service=self.service,
            kafka=self.kafka,
            store=store,
            listeners=listeners,
            lane=lane,
        )

    def dead_letters(
        self, store: Store, topics: Sequence[str], *, now: Now = utc_now
    ) -> "DeadLetterOffice":
        """The dead letters of this service on the topics that it listens to."""
        from chassis.dead_letter_office import DeadLetterOffice

        return DeadLetterOffice(
            service=self.service,
            kafka=self.kafka,
            store=store,
            topics=topics,
            now=now,
        )

    def indexes(self) -> list[Index]:
        """The indexes that relay, early arrivals and dead letters need."""
        from chassis import dead_letter_office

        return [
            *(outbox_index(collection) for collection in self.outboxes),
            *(index for lane in (None, *self.lanes) for index in early_arrivals.indexes(lane)),
            *dead_letter_office.INDEXES,
        ]
