"""A service is built of rooms: each says what it keeps, and what it adds to the processes."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from starlette.routing import BaseRoute

from chassis.listening import Listener
from chassis.mongo import Index
from chassis.republish import Facts
from chassis.rewrapping import SealedSecrets

F = TypeVar("F")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a room has in the store; known without one.

    Attributes:
        outboxes: the collections whose documents carry events.
        sealed: what the wrapping keys lock beside the keys of people.
    """

    outboxes: Sequence[str] = ()
    indexes: Sequence[Index] = ()
    sealed: Sequence[SealedSecrets] = ()


@dataclass(frozen=True, kw_only=True)
class Room(Generic[F]):
    """A room that is built.

    Attributes:
        use_cases: its facade, what the graph, edges and commands call.
        listeners: what the worker does on events.
        routes: its edges beside the graph.
        background: what the worker runs until it is cancelled, by name.
        stops: what either process closes at its end, by name.
        facts: what `republish` tells of its aggregates.
    """

    use_cases: F
    listeners: Sequence[Listener[Any]] = ()
    routes: Sequence[BaseRoute] = ()
    background: Mapping[str, Callable[[], Awaitable[None]]] = field(default_factory=dict)
    stops: Mapping[str, Callable[[], Awaitable[None]]] = field(default_factory=dict)
    facts: Sequence[Facts[Any]] = ()

    @property
    def topics(self) -> set[str]:
        """The topics that it listens to."""
        return {listener.topic for listener in self.listeners}


def outboxes_of(plans: Sequence[Plan]) -> list[str]:
    """Every collection whose documents carry events."""
    return [collection for plan in plans for collection in plan.outboxes]
