"""The first line of every use case that an actor calls."""

from chassis.errors import Forbidden

from vouchers.domain.actors import Actor
from vouchers.domain.permissions import Permission, may


def demand(actor: Actor, permission: Permission) -> None:
    """Raises: Forbidden when no role of the actor allows it."""
    if not may(actor, permission):
        raise Forbidden
