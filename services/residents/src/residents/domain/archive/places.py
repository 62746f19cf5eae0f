"""Where people live: estates, their buildings, the households in them."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from residents.domain.archive.errors import BuildingSizeInvalid
from residents.domain.archive.events import ArchiveEvent, HouseholdChanged
from residents.domain.archive.order import below, order_key

_MOST_FLOORS = 120
_MOST_UNITS = 99


class EstateKind(StrEnum):
    """Old estates are what a committee counts apart."""

    OLD = "OLD"
    NEW = "NEW"
    UNKNOWN = "UNKNOWN"


class StagedEstate(msgspec.Struct, frozen=True):
    """What an import says of an estate that was there before."""

    edition: int
    kind: EstateKind


class Estate(msgspec.Struct, frozen=True, kw_only=True):
    """A residential estate.

    Attributes:
        order_key: sorts by name; the keys of what is inside begin with it.
        from_edition: readers see it from this edition of the archive on.
        staged: waits for its edition.
    """

    id: str
    community_id: str
    name: str
    order_key: str
    kind: EstateKind
    address: str | None = None
    from_edition: int = 0
    staged: StagedEstate | None = None
    version: int = 0

    @classmethod
    def of(
        cls, estate_id: str, *, community_id: str, name: str, kind: EstateKind, from_edition: int
    ) -> "Estate":
        """An estate as a ledger names it."""
        return cls(
            id=estate_id,
            community_id=community_id,
            name=name,
            order_key=order_key(name),
            kind=kind,
            from_edition=from_edition,
        )

    def effective(self, edition: int) -> "Estate":
        """The estate as of an edition: what is staged for it or before is folded in."""
        if self.staged is None or self.staged.edition > edition:
            return self
        return msgspec.structs.replace(self, kind=self.staged.kind, staged=None)

    def settled(self, edition: int, _at: datetime) -> tuple["Estate", Sequence[ArchiveEvent]]:
        """Fold in what is staged for an edition that counts."""
        return self.effective(edition), ()

    def of_kind(self, kind: EstateKind) -> tuple["Estate", Sequence[ArchiveEvent]]:
        """Say by hand whether it is an old one; what a file says later and unseen is dropped."""
        return msgspec.structs.replace(self, kind=kind, staged=None), ()


class Building(msgspec.Struct, frozen=True, kw_only=True):
    """A building; its label as people say it: "1", "甲3"."""

    id: str
    community_id: str
    estate_id: str
    label: str
    order_key: str
    floors: int | None = None
    units: int | None = None
    from_edition: int = 0
    version: int = 0

    @classmethod
    def of(cls, building_id: str, *, estate: Estate, label: str, from_edition: int) -> "Building":
        """A building as a ledger names it."""
        return cls(
            id=building_id,
            community_id=estate.community_id,
            estate_id=estate.id,
            label=label,
            order_key=below(estate.order_key, label),
            from_edition=from_edition,
        )

    def described(
        self, *, floors: int | None, units: int | None
    ) -> tuple["Building", Sequence[ArchiveEvent]]:
        """Say how large it is. Raises: BuildingSizeInvalid."""
        if floors is not None and not 1 <= floors <= _MOST_FLOORS:
            raise BuildingSizeInvalid
        if units is not None and not 1 <= units <= _MOST_UNITS:
            raise BuildingSizeInvalid
        return msgspec.structs.replace(self, floors=floors, units=units), ()


class StagedHousehold(msgspec.Struct, frozen=True):
    """What an import says of a household that was there before."""

    edition: int
    area_cm2: int | None
    vacant: bool


class Household(msgspec.Struct, frozen=True, kw_only=True):
    """A home: a door in a building.

    Attributes:
        order_key: sorts by unit and room: a room's number begins with its floor.
        vacant: nobody is known to live there.
        changed_at: when its last household.changed was said; None before the first.
    """

    id: str
    community_id: str
    estate_id: str
    building_id: str
    unit: str | None
    room: str
    order_key: str
    area_cm2: int | None
    vacant: bool
    from_edition: int = 0
    staged: StagedHousehold | None = None
    changed_at: datetime | None = None
    version: int = 0

    @classmethod
    def of(
        cls, household_id: str, *, building: Building, unit: str | None, room: str,
        area_cm2: int | None, vacant: bool, from_edition: int,
    ) -> "Household":  # fmt: skip
        """A household as a ledger names it."""
        return cls(
            id=household_id,
            community_id=building.community_id,
            estate_id=building.estate_id,
            building_id=building.id,
            unit=unit,
            room=room,
            order_key=below(building.order_key, unit, room),
            area_cm2=area_cm2,
            vacant=vacant,
            from_edition=from_edition,
        )

    def door_in(self, building: Building) -> str:
        """The door as people write it: 3号楼2单元501."""
        unit = f"{self.unit}单元" if self.unit else ""
        return f"{building.label}号楼{unit}{self.room}"

    def effective(self, edition: int) -> "Household":
        """The household as of an edition: what is staged for it or before is folded in."""
        if self.staged is None or self.staged.edition > edition:
            return self
        return msgspec.structs.replace(
            self, area_cm2=self.staged.area_cm2, vacant=self.staged.vacant, staged=None
        )

    def announced(self, at: datetime) -> tuple["Household", Sequence[ArchiveEvent]]:
        """With the event that tells of it as it now is. Emits: household.changed v1."""
        after = msgspec.structs.replace(self, changed_at=at)
        return after, (after.changed_event(at),)

    def changed_event(self, at: datetime) -> HouseholdChanged:
        """The fact as it now is."""
        return HouseholdChanged(
            community_id=self.community_id,
            household_id=self.id,
            estate_id=self.estate_id,
            building_id=self.building_id,
            area_cm2=self.area_cm2,
            vacant=self.vacant,
            changed_at=at,
        )

    def settled(self, edition: int, at: datetime) -> tuple["Household", Sequence[ArchiveEvent]]:
        """Fold in what is staged for an edition that counts. Emits: household.changed v1."""
        after = self.effective(edition)
        return (after, ()) if after is self else after.announced(at)

    def with_vacancy(
        self, *, vacant: bool, edition: int, at: datetime
    ) -> tuple["Household", Sequence[ArchiveEvent]]:
        """Say whether nobody lives there; once is enough. Emits: household.changed v1."""
        now = self.effective(edition)
        if now.vacant == vacant:
            return self, ()
        return msgspec.structs.replace(now, vacant=vacant, staged=None).announced(at)
