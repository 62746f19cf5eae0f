"""The first line of every use case that an actor calls."""

from chassis.errors import Forbidden

from residents.domain.permissions import Permission, may
from residents.domain.roles import Actor


def demand(actor: Actor, permission: Permission) -> None:
    """Raises: Forbidden when no role of the actor allows it."""
    if not may(actor, permission):
        raise Forbidden
