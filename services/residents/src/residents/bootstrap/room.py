"""What a room of this service adds to its processes."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from chassis.consumer import Listener
from chassis.mongo import Index
from chassis.republish import Facts
from chassis.rewrapping import SealedSecrets
from starlette.routing import BaseRoute

from residents.application.privacy.ports import PersonalData

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
        use_cases: its facade, what the graph and the commands call.
        follow_ups: what hears events by the thousand, as after an import, and may take its time.
        routes: its edges beside the graph.
        background: what the worker runs until it is cancelled, by name.
        facts: what `republish` tells of its aggregates.
        personal_data: what it keeps of a person, for the export of one's own data.
    """

    use_cases: F
    listeners: Sequence[Listener[Any]] = ()
    follow_ups: Sequence[Listener[Any]] = ()
    routes: Sequence[BaseRoute] = ()
    background: Mapping[str, Callable[[], Awaitable[None]]] = field(default_factory=dict)
    facts: Sequence[Facts[Any]] = ()
    personal_data: Sequence[PersonalData] = ()
