"""Who may do what. Everything that is not here is refused."""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from issues.domain.errors import NotPermitted


class Actor(msgspec.Struct, frozen=True):
    """Who asks: an account in one community, and the roles it holds there."""

    account_id: str
    community_id: str
    roles: frozenset[str]


_STAFF = frozenset({"clerk", "secretary"})
_SECRETARY = frozenset({"secretary"})

ROLES_BY_OPERATION: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "inbox": _STAFF,
        "intake": _STAFF,
        "issues": _STAFF,
        "issue": _STAFF,
        "issueCategories": _STAFF,
        "hazardRules": _STAFF,
        "Community.issueFigures": _STAFF,
        "openIssue": _STAFF,
        "dismissIntake": _STAFF,
        "acknowledgeIssue": _STAFF,
        "triageIssue": _STAFF,
        "confirmHazard": _STAFF,
        "declineHazard": _STAFF,
        "setHazardRule": _SECRETARY,
        "removeHazardRule": _SECRETARY,
        "issueUpdated": _STAFF,
    }
)


def require(actor: Actor, operation: str) -> None:
    """Let the actor pass or not.

    Raises: NotPermitted, for an operation that is not in the table as well.
    """
    if actor.roles.isdisjoint(ROLES_BY_OPERATION.get(operation, frozenset())):
        raise NotPermitted
