"""Who may do what; what is not listed is refused."""

from enum import StrEnum

from residents.domain.errors import RoleBeyondScope
from residents.domain.roles import STAFF_ROLES, Actor, Role, RoleGrant

_ANYBODY = frozenset(Role)
_OFFICE = frozenset({Role.CLERK, Role.SECRETARY})
_SECRETARY = frozenset({Role.SECRETARY})


class Operation(StrEnum):
    """What an actor can ask for. The names are those of the graph."""

    ME = "me"
    COMMUNITY = "community"
    LOG_OUT = "logOut"
    REVOKE_OWN_SESSION = "revokeSession (own)"
    REVOKE_SESSION = "revokeSession"
    READ_ACCOUNTS = "staffAccounts"
    CREATE_STAFF_ACCOUNT = "createStaffAccount"
    DISABLE_STAFF_ACCOUNT = "disableStaffAccount"


ALLOWED: dict[Operation, frozenset[Role]] = {
    Operation.ME: _ANYBODY,
    Operation.COMMUNITY: _ANYBODY,
    Operation.LOG_OUT: _ANYBODY,
    Operation.REVOKE_OWN_SESSION: _ANYBODY,
    Operation.REVOKE_SESSION: _SECRETARY,
    Operation.READ_ACCOUNTS: _OFFICE,
    Operation.CREATE_STAFF_ACCOUNT: _SECRETARY,
    Operation.DISABLE_STAFF_ACCOUNT: _SECRETARY,
}


def may(actor: Actor, operation: Operation) -> bool:
    """Whether one of the actor's roles allows the operation."""
    return actor.has(*ALLOWED[operation])


def check_may_give(actor: Actor, grant: RoleGrant) -> None:
    """A secretary makes staff, and nobody gives more of a community than they have.

    Raises: RoleBeyondScope.
    """
    if grant.role not in STAFF_ROLES:
        raise RoleBeyondScope
    if not any(own.role in _SECRETARY and own.covers(grant.scope) for own in actor.roles):
        raise RoleBeyondScope
