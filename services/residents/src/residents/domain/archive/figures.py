"""The figures of a building: counted anew, never added to."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from residents.domain.archive.events import ArchiveEvent


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What was counted in a building.

    Attributes:
        households: all, vacant ones too.
        residents: who lives there.
        elderly_60: those of 60 or more; `age_unknown`: those without a birth date.
        area_cm2: of the households whose area is known.
        area_unknown: how many households have none.
    """

    households: int = 0
    vacant: int = 0
    residents: int = 0
    elderly_60: int = 0
    age_unknown: int = 0
    area_cm2: int = 0
    area_unknown: int = 0

    def plus(self, other: "Counts") -> "Counts":
        """Both together."""
        return Counts(
            households=self.households + other.households,
            vacant=self.vacant + other.vacant,
            residents=self.residents + other.residents,
            elderly_60=self.elderly_60 + other.elderly_60,
            age_unknown=self.age_unknown + other.age_unknown,
            area_cm2=self.area_cm2 + other.area_cm2,
            area_unknown=self.area_unknown + other.area_unknown,
        )


class BuildingFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one building in one edition of the archive.

    Attributes:
        counted_at: what was written before is in the figures.
        as_of: the day on which ages were taken.
    """

    id: str
    community_id: str
    estate_id: str
    building_id: str
    edition: int
    counts: Counts
    counted_at: datetime
    as_of: date
    version: int = 0

    def recounted(
        self, counts: Counts, *, counted_at: datetime, as_of: date, since_version: int
    ) -> tuple["BuildingFigures", Sequence[ArchiveEvent]]:
        """Set what was counted, unless somebody set a count since this one began."""
        if self.version != since_version:
            return self, ()
        after = msgspec.structs.replace(self, counts=counts, counted_at=counted_at, as_of=as_of)
        return after, ()
