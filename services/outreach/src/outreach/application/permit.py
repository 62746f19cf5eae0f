"""Refuses a person whose roles do not allow an operation, before anything is read."""

from chassis.errors import Forbidden

from outreach.domain.permissions import Actor, Operation, may


def permit(actor: Actor, operation: Operation) -> None:
    """Raises: Forbidden."""
    if not may(actor, operation):
        raise Forbidden
