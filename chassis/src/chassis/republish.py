"""Saying again what is so: the facts of aggregates at their current sequence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from chassis.aggregates import Aggregate, Aggregates, Event

A = TypeVar("A", bound=Aggregate)


@dataclass(frozen=True)
class Facts(Generic[A]):
    """How one kind of aggregate is told from the beginning.

    Attributes:
        of: the events that tell all that others may know of it, as it is now.
    """

    aggregates: Aggregates[A]
    of: Callable[[A], Sequence[Event]]


async def republish(facts: Sequence[Facts[Any]], *, since: datetime | None) -> int:
    """Put the facts into the outboxes again; the relay publishes them in each key's order.

    Args:
        since: only aggregates whose last event is at or after this; None for all.
    Returns: how many events were put.
    """
    raise NotImplementedError
