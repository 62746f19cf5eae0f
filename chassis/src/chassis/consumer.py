"""Listening to topics: batches, retry, dead letters, early arrivals."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from chassis.events import Received
from chassis.mongo import Store

E = TypeVar("E")
Handle = Callable[[Received[E]], Awaitable[None]]


class NotJoined(Exception):
    """The consumer group has not given this process its partitions yet."""


class EarlyArrival(Exception):
    """What this event depends on is not here yet; keep it and hand it over again later.

    Attributes:
        awaits: the id of what it depends on; an event with that subject wakes it.
    """

    def __init__(self, awaits: str) -> None:
        self.awaits = awaits
        super().__init__(awaits)


@dataclass(frozen=True)
class Listener(Generic[E]):
    """One event of one topic and what is done on it.

    Attributes:
        event: a msgspec Struct with `type: ClassVar[str]`, naming only what the handler needs.
        handle: called at least once for each event; its effect is idempotent by key.
    """

    topic: str
    event: type[E]
    handle: Handle[E]


class Consumer:
    """A service's one consumer group, over every topic that it listens to."""

    def __init__(
        self,
        *,
        service: str,
        bootstrap_servers: str,
        store: Store,
        listeners: Sequence[Listener[Any]],
        attempts: int = 5,
    ) -> None:
        raise NotImplementedError

    async def ready(self) -> None:
        """Answer only if the group has given this process its partitions. Raises: NotJoined."""
        raise NotImplementedError

    async def run(self) -> None:
        """Consume until cancelled; then finish the message in hand and commit."""
        raise NotImplementedError
