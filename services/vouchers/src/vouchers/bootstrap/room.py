"""What a room of this service adds to its processes."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from chassis.listening import Listener
from chassis.mongo import Index
from chassis.republish import Facts
from starlette.routing import BaseRoute

F = TypeVar("F")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a room has in the store; known without one.

    Attributes:
        outboxes: the collections whose documents carry events.
    """

    outboxes: Sequence[str] = ()
    indexes: Sequence[Index] = ()


@dataclass(frozen=True, kw_only=True)
class Room(Generic[F]):
    """A room that is built.

    Attributes:
        use_cases: its facade, what the graph and the edges call.
        routes: its edges beside the graph.
        background: what the worker runs until it is cancelled, by name.
        facts: what `republish` tells of its aggregates.
    """

    use_cases: F
    listeners: Sequence[Listener[Any]] = ()
    routes: Sequence[BaseRoute] = ()
    background: Mapping[str, Callable[[], Awaitable[None]]] = field(default_factory=dict)
    facts: Sequence[Facts[Any]] = ()
