"""The figures of a ledger, in the shape in which they are shown and compared."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from residents.domain.ledger.entries import (
    LedgerEstate,
    LedgerHousehold,
    LedgerPerson,
    RefusedRow,
    UnplacedHome,
)

ELDERLY_AGE_YEARS = 60


class EstateSummary(msgspec.Struct, frozen=True):
    """The figures of one estate; an estate is old only if the ledger says so."""

    name: str
    old: bool
    buildings: int
    households: int
    residents: int
    area_cm2: int


class LedgerSummary(msgspec.Struct, frozen=True):
    """The figures of a ledger.

    Attributes:
        households: vacant ones too, and those whose people were all refused.
        residents: the people of rows that were not refused.
        elderly_60: of those, who is sixty or older on the day `as_of`.
    """

    estates: tuple[EstateSummary, ...]
    buildings: int
    households: int
    residents: int
    elderly_60: int
    bad_rows: tuple[RefusedRow, ...]
    vacant_households: int
    as_of: date


def summary_of(
    estates: Iterable[LedgerEstate],
    households: Sequence[LedgerHousehold],
    unplaced: Sequence[UnplacedHome],
    people: Iterable[LedgerPerson],
    refused: Iterable[RefusedRow],
    as_of: date,
) -> LedgerSummary:
    """Count what was read."""
    tallies = {estate.name: _Tally(estate) for estate in estates}
    for household in households:
        tally = tallies[household.estate]
        tally.buildings.add(household.building)
        tally.count(household)
    for home in unplaced:
        tallies[home.estate].count(home)
    elderly = 0
    born_by = _birthday_of_the_youngest_elderly(as_of)
    for person in people:
        tallies[households[person.household].estate].residents += 1
        elderly += person.birth_date is not None and person.birth_date <= born_by
    counted = tuple(tally.summary() for tally in tallies.values())
    return LedgerSummary(
        estates=counted,
        buildings=sum(estate.buildings for estate in counted),
        households=sum(estate.households for estate in counted),
        residents=sum(estate.residents for estate in counted),
        elderly_60=elderly,
        bad_rows=tuple(refused),
        vacant_households=sum(tally.vacant for tally in tallies.values()),
        as_of=as_of,
    )


def _birthday_of_the_youngest_elderly(as_of: date) -> date:
    """Whoever was born until this day is old enough.

    Who was born on 29 February has their birthday on 1 March where there is no 29th; so on the
    28th of such a year nobody of the 29th has come of the age.
    """
    year = as_of.year - ELDERLY_AGE_YEARS
    try:
        return as_of.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


class _Tally:
    def __init__(self, estate: LedgerEstate) -> None:
        self.estate = estate
        self.buildings: set[str] = set()
        self.households = self.vacant = self.residents = self.area_cm2 = 0

    def count(self, home: LedgerHousehold | UnplacedHome) -> None:
        self.households += 1
        self.vacant += home.is_vacant
        self.area_cm2 += home.area_cm2 or 0

    def summary(self) -> EstateSummary:
        return EstateSummary(
            name=self.estate.name,
            old=bool(self.estate.is_old),
            buildings=len(self.buildings),
            households=self.households,
            residents=self.residents,
            area_cm2=self.area_cm2,
        )
