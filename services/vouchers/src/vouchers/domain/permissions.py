"""Who may ask for what; what is not listed in a room's permissions is refused."""

import msgspec

from vouchers.domain.actors import Actor, Role

OFFICE = frozenset({Role.CLERK, Role.SECRETARY})
SECRETARY = frozenset({Role.SECRETARY})


class Permission(msgspec.Struct, frozen=True):
    """What an actor can ask for, and the roles that may.

    Attributes:
        operation: its name in the graph.
    """

    operation: str
    roles: frozenset[Role]


def may(actor: Actor, permission: Permission) -> bool:
    """Whether any of the actor's roles allows it."""
    return actor.holds(*permission.roles)
