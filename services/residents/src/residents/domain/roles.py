"""Roles, and the part of a community that each holds for."""

from datetime import datetime
from enum import StrEnum

import msgspec


class Role(StrEnum):
    """What somebody is in a community."""

    RESIDENT = "resident"
    STEWARD = "steward"
    PARTNER = "partner"
    CLERK = "clerk"
    SECRETARY = "secretary"
    MERCHANT = "merchant"
    AUDITOR = "auditor"


STAFF_ROLES = frozenset({Role.CLERK, Role.SECRETARY, Role.AUDITOR})


class RoleGrant(msgspec.Struct, frozen=True):
    """A role, what it holds for, and for how long.

    Attributes:
        scope: the ids of estates, or None for the whole community; () for nothing yet.
        since: before that it does not hold; None for one that always did.
        until: from then on it no longer holds; None for one without a term.
        source: what gave it, such as an appointment, and alone may take it back.
    """

    role: Role
    scope: tuple[str, ...] | None = None
    since: datetime | None = None
    until: datetime | None = None
    source: str | None = None

    def covers(self, scope: tuple[str, ...] | None) -> bool:
        """Whether this grant reaches at least as far as that scope."""
        if self.scope is None:
            return True
        return scope is not None and set(scope) <= set(self.scope)

    def in_force(self, at: datetime) -> bool:
        """Whether it holds at that moment."""
        has_begun = self.since is None or self.since <= at
        return has_begun and not self.has_ended(at)

    def has_ended(self, at: datetime) -> bool:
        """Whether its term is over."""
        return self.until is not None and self.until <= at


class Actor(msgspec.Struct, frozen=True):
    """Who acts: an account with its roles, in the session it acts from."""

    account_id: str
    community_id: str
    session_id: str
    roles: tuple[RoleGrant, ...]

    def has(self, *roles: Role) -> bool:
        """Whether one of the actor's roles is among these."""
        return any(grant.role in roles for grant in self.roles)

    def reaches(self, estate_id: str, *roles: Role) -> bool:
        """Whether one of these roles, as the actor holds it, covers the estate."""
        return any(grant.role in roles and grant.covers((estate_id,)) for grant in self.roles)

    def holds_for_all(self, *roles: Role) -> bool:
        """Whether the actor holds one of these roles for the whole community."""
        return any(grant.role in roles and grant.scope is None for grant in self.roles)
