"""Who may do what; what is not listed is refused."""

import msgspec

from residents.domain.errors import RoleBeyondScope
from residents.domain.roles import STAFF_ROLES, Actor, Role, RoleGrant

ANYBODY = frozenset(Role)
OFFICE = frozenset({Role.CLERK, Role.SECRETARY})
SECRETARY = frozenset({Role.SECRETARY})


class Permission(msgspec.Struct, frozen=True):
    """What an actor can ask for, and the roles that may.

    Attributes:
        operation: its name in the graph.
    """

    operation: str
    roles: frozenset[Role]


ME = Permission("me", ANYBODY)
COMMUNITY = Permission("community", ANYBODY)
LOG_OUT = Permission("logOut", ANYBODY)
REVOKE_OWN_SESSION = Permission("revokeSession (own)", ANYBODY)
REVOKE_SESSION = Permission("revokeSession", SECRETARY)
READ_ACCOUNTS = Permission("staffAccounts", OFFICE)
CREATE_STAFF_ACCOUNT = Permission("createStaffAccount", SECRETARY)
DISABLE_STAFF_ACCOUNT = Permission("disableStaffAccount", SECRETARY)


def may(actor: Actor, permission: Permission) -> bool:
    """Whether one of the actor's roles allows it."""
    return actor.has(*permission.roles)


def check_may_give(actor: Actor, grant: RoleGrant) -> None:
    """A secretary makes staff, and nobody gives more of a community than they have.

    Raises: RoleBeyondScope.
    """
    if grant.role not in STAFF_ROLES:
        raise RoleBeyondScope
    if not any(own.role in SECRETARY and own.covers(grant.scope) for own in actor.roles):
        raise RoleBeyondScope
