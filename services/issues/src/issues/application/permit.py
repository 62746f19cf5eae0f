"""The first line of every use case that a person asks for."""

from chassis.errors import Forbidden

from issues.domain.permissions import Actor, Operation, may


def permit(actor: Actor, operation: Operation) -> None:
    """Refuse before anything is read. Raises: Forbidden."""
    if not may(actor, operation):
        raise Forbidden
