"""What the archive tells: who lives where, by pseudonym, after the write; never a door."""

from datetime import datetime
from typing import ClassVar

import msgspec


class HouseholdChanged(msgspec.Struct, frozen=True):
    """A household is there, or its area or vacancy is another."""

    type: ClassVar[str] = "household.changed.v1"

    community_id: str
    household_id: str
    estate_id: str
    building_id: str
    area_cm2: int | None
    vacant: bool
    changed_at: datetime


class ResidentVerified(msgspec.Struct, frozen=True):
    """Somebody is known to live in a household."""

    type: ClassVar[str] = "resident.verified.v1"

    community_id: str
    resident_id: str
    person_key: str
    household_id: str
    estate_id: str
    building_id: str
    verified_at: datetime


class ResidentMoved(msgspec.Struct, frozen=True):
    """Somebody lives elsewhere now; without a household, outside the community."""

    type: ClassVar[str] = "resident.moved.v1"

    community_id: str
    resident_id: str
    person_key: str
    from_household_id: str | None
    household_id: str | None
    estate_id: str | None
    building_id: str | None
    moved_at: datetime


class ResidentCorrected(msgspec.Struct, frozen=True):
    """Somebody has another name, birth date or identity number than was known; not which."""

    type: ClassVar[str] = "resident.corrected.v1"

    community_id: str
    resident_id: str
    person_key: str
    corrected_at: datetime


ArchiveEvent = HouseholdChanged | ResidentVerified | ResidentMoved | ResidentCorrected
