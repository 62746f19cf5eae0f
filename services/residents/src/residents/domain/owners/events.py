"""What this room tells."""

from datetime import date, datetime
from typing import ClassVar

import msgspec


class OwnerShare(msgspec.Struct, frozen=True):
    """An owner's part; without numbers when all owners hold it jointly.

    Attributes:
        person_key: of the resident that the owner is; None for who is not one.
    """

    owner_id: str
    person_key: str | None
    share_numerator: int | None
    share_denominator: int | None


class OwnershipChanged(msgspec.Struct, frozen=True):
    """Whose a dwelling is from a day on."""

    type: ClassVar[str] = "ownership.changed.v1"

    community_id: str
    household_id: str
    owners: tuple[OwnerShare, ...]
    valid_from: date
    changed_at: datetime
