"""Who asks, and which roles they hold."""

from enum import StrEnum

import msgspec


class Role(StrEnum):
    """What an account may be; residents gives them out."""

    RESIDENT = "resident"
    STEWARD = "steward"
    PARTNER = "partner"
    CLERK = "clerk"
    SECRETARY = "secretary"
    MERCHANT = "merchant"
    AUDITOR = "auditor"


class RoleGrant(msgspec.Struct, frozen=True):
    """A role, and what it is held for.

    Attributes:
        scope: estates of a resident, a steward or an office, the one merchant of a merchant's
            system; None for the whole community.
    """

    role: Role
    scope: tuple[str, ...] | None = None


class Actor(msgspec.Struct, frozen=True):
    """An account, in the one community that its login names."""

    account_id: str
    community_id: str
    grants: tuple[RoleGrant, ...]

    def holds(self, *roles: Role) -> bool:
        """Whether one of the roles is held, for whatever it may be."""
        return any(grant.role in roles for grant in self.grants)

    def holds_for_all(self, *roles: Role) -> bool:
        """Whether one of the roles is held for the whole community."""
        return any(grant.role in roles and grant.scope is None for grant in self.grants)

    @property
    def merchant_ids(self) -> frozenset[str]:
        """The merchants whose system this is: one, or none for a person."""
        held = [grant.scope or () for grant in self.grants if grant.role is Role.MERCHANT]
        return frozenset(merchant_id for scope in held for merchant_id in scope)
