"""A binding: that the person of an account lives in a household, once somebody has verified it."""

from datetime import datetime
from enum import StrEnum

import msgspec


class BindingState(StrEnum):
    """requested → verified → revoked, or requested → refused or revoked."""

    REQUESTED = "requested"
    VERIFIED = "verified"
    REFUSED = "refused"
    REVOKED = "revoked"


OPEN = frozenset({BindingState.REQUESTED, BindingState.VERIFIED})


class HouseholdRelation(StrEnum):
    """What somebody says they are in a household."""

    OWNER = "owner"
    FAMILY = "family"
    TENANT = "tenant"
    OTHER = "other"


class HouseholdPlace(msgspec.Struct, frozen=True):
    """A household and where it is."""

    household_id: str
    building_id: str
    estate_id: str


class BindingWords(msgspec.Struct, frozen=True):
    """What was typed about a binding, encrypted like the rest of the person.

    Attributes:
        name: what the person says they are called.
        reason: why it was refused or revoked.
    """

    name: str
    reason: str | None = None


class VerifiedAs(msgspec.Struct, frozen=True):
    """Who of the archive the person of an account is.

    Attributes:
        person_key: the resident's pseudonym.
        is_new: whether the archive did not have the resident before.
    """

    resident_id: str
    person_key: str
    is_new: bool


class Binding(msgspec.Struct, frozen=True, kw_only=True):
    """A binding, without the words that were typed about it.

    Attributes:
        name_mark: a keyed hash of the name that was given.
        resident: None until it is verified; kept when it is revoked.
        decided_by: the account of who verified, refused or revoked it.
    """

    id: str
    place: HouseholdPlace
    relation: HouseholdRelation
    name_mark: str
    requested_at: datetime
    state: BindingState = BindingState.REQUESTED
    resident: VerifiedAs | None = None
    verified_at: datetime | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits or stands."""
        return self.state in OPEN

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has to decide it."""
        return self.state is BindingState.REQUESTED

    @property
    def is_verified(self) -> bool:
        """Whether it stands."""
        return self.state is BindingState.VERIFIED
