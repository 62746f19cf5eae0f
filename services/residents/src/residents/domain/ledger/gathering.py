"""What has been read of a ledger so far, while its rows pass by."""

from datetime import date

import msgspec

from residents.domain.ledger.as_of import AsOf
from residents.domain.ledger.cells import compact
from residents.domain.ledger.doors import Door
from residents.domain.ledger.entries import (
    InferredColumn,
    LedgerEstate,
    LedgerHousehold,
    LedgerPerson,
    RefusedRow,
    SkippedSheet,
    UnplacedHome,
)
from residents.domain.ledger.faults import Fault, RowRefused
from residents.domain.ledger.sameness import KnownPeople
from residents.domain.ledger.vacancy_words import NO_NAMES


class Gathering:
    """Households by their doors, people, and what was refused; each kept once."""

    def __init__(self, latest_birth_date: date) -> None:
        self.latest_birth_date = latest_birth_date
        self.as_of = AsOf()
        self.estates: dict[str, LedgerEstate] = {}
        self.households: list[LedgerHousehold] = []
        self.people: list[LedgerPerson] = []
        self.refused: list[RefusedRow] = []
        self.unplaced: list[UnplacedHome] = []
        self.skipped: list[SkippedSheet] = []
        self.inferred: list[InferredColumn] = []
        self.vacancy_words = set(NO_NAMES)
        self._known = KnownPeople(self.people)
        self._places: dict[str, dict[Door, int]] = {}

    def estate(self, name: str, *, is_old: bool | None) -> str:
        """The one spelling of an estate's name, as it was first read."""
        key = compact(name)
        known = self.estates.get(key)
        if known is None:
            self.estates[key] = known = LedgerEstate(name, is_old)
        elif known.is_old is None and is_old is not None:
            self.estates[key] = known = LedgerEstate(known.name, is_old)
        return known.name

    def household_at(self, estate: str, door: Door) -> int | None:
        """The place of the household behind a door, None if it was not seen before."""
        return self._places.get(estate, {}).get(door)

    def open_household(
        self,
        sheet: str,
        row: int,
        estate: str,
        door: Door,
        *,
        area_cm2: int | None,
        is_vacant: bool,
    ) -> int:
        """Begin a household, by the first row of it."""
        at = len(self.households)
        self._places.setdefault(estate, {})[door] = at
        self.households.append(LedgerHousehold(sheet, row, estate, *door, area_cm2, is_vacant))
        return at

    def say_area(self, at: int, area_cm2: int | None) -> None:
        """Keep the first area that is said of a household."""
        household = self.households[at]
        if area_cm2 is not None and household.area_cm2 is None:
            self.households[at] = msgspec.structs.replace(household, area_cm2=area_cm2)

    def say_lived_in(self, at: int) -> None:
        """Somebody is said to live there, in whatever row."""
        household = self.households[at]
        if household.is_vacant:
            self.households[at] = msgspec.structs.replace(household, is_vacant=False)

    def add_person(self, person: LedgerPerson) -> None:
        """Take somebody over. Raises: RowRefused (PERSON_REPEATED)."""
        if self._known.include(person):
            raise RowRefused(Fault.PERSON_REPEATED, "与前面某一行是同一人，本行未计入。")
        self._known.add(person)

    def refuse(self, sheet: str, row: int, refusal: RowRefused) -> None:
        """Write down why a row is refused."""
        self.refused.append(RefusedRow(sheet, row, refusal.fault, refusal.reason))
