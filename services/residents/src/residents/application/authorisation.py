"""The first line of every use case that an actor calls."""

from chassis.errors import Forbidden

from residents.domain.permissions import Operation, may
from residents.domain.roles import Actor


def demand(actor: Actor, operation: Operation) -> None:
    """Raises: Forbidden when no role of the actor allows the operation."""
    if not may(actor, operation):
        raise Forbidden
