"""The first line of every use case that an actor calls."""

from chassis.errors import Forbidden

from vouchers.domain.actors import Actor
from vouchers.domain.permissions import Permission, may


def demand(actor: Actor, permission: Permission) -> None:
    """Raises: Forbidden when no role of the actor allows it."""
    if not may(actor, permission):
        raise Forbidden


def demand_for_all(actor: Actor, permission: Permission) -> None:
    """For what is of no single estate.

    Raises: Forbidden when no role that the actor holds for the whole community allows it.
    """
    if not actor.holds_for_all(*permission.roles):
        raise Forbidden
