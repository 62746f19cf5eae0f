"""What a room of this service adds to its processes."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chassis.listening import Listener
from chassis.mongo import Index
from chassis.republish import Facts
from chassis.rewrapping import SealedSecrets
from starlette.routing import BaseRoute


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
class Room:
    """A room that is built.

    Attributes:
        listeners: what the worker does on events.
        routes: its edges beside the graph.
        background: what the worker runs until it is cancelled, by name.
        stops: what either process closes at its end, by name.
        facts: what `republish` tells of its aggregates.
    """

    listeners: Sequence[Listener[Any]] = ()
    routes: Sequence[BaseRoute] = ()
    background: Mapping[str, Callable[[], Awaitable[None]]] = field(default_factory=dict)
    stops: Mapping[str, Callable[[], Awaitable[None]]] = field(default_factory=dict)
    facts: Sequence[Facts[Any]] = ()
