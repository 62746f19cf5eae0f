"""What a service does on the events of others, and what it may say while doing it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from chassis.events import Envelope, Received, receive

E = TypeVar("E")
Handle = Callable[[Received[E]], Awaitable[None]]


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


class Listeners:
    """Everything that one service listens to."""

    def __init__(self, listeners: Sequence[Listener[Any]]) -> None:
        self._by_event: dict[tuple[str, str], list[Listener[Any]]] = {}
        for listener in listeners:
            key = (listener.topic, listener.event.type)
            self._by_event.setdefault(key, []).append(listener)

    @property
    def topics(self) -> list[str]:
        """Every topic that is listened to, once, sorted."""
        return sorted({topic for topic, _ in self._by_event})

    def hears(self, topic: str, event_type: str) -> bool:
        """Whether anybody listens to this event."""
        return (topic, event_type) in self._by_event

    async def deliver(self, topic: str, envelope: Envelope) -> None:
        """Hand an event to each of its listeners in turn.

        Raises: MalformedEvent, and whatever a listener raises; those before it are done.
        """
        for listener in self._by_event.get((topic, envelope.type), ()):
            await listener.handle(receive(envelope, listener.event))
