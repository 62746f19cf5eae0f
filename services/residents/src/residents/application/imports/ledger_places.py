"""The places of a ledger as documents of the archive's next edition."""

from collections.abc import Iterator
from datetime import date

import msgspec

from residents.application.archive.ports import Identities
from residents.domain.archive.homes import Home
from residents.domain.archive.places import Building, Estate, EstateKind, Household
from residents.domain.ledger.reading import LedgerReading

_KIND = {True: EstateKind.OLD, False: EstateKind.NEW, None: EstateKind.UNKNOWN}


class LedgerPlaces:
    """Made from a reading; households are made when they are asked for, not kept.

    Attributes:
        community_id: whose places they are.
        edition: of which they are.
    """

    def __init__(
        self, reading: LedgerReading, identities: Identities, community_id: str, edition: int
    ) -> None:
        self._reading = reading
        self._identities = identities
        self.community_id = community_id
        self.edition = edition
        self._estates = {
            each.name: self._estate(each.name, each.is_old) for each in reading.estates
        }
        self._buildings = self._all_buildings()
        self._last: tuple[int, Home] | None = None

    @property
    def estates(self) -> list[Estate]:
        """Every estate."""
        return list(self._estates.values())

    @property
    def buildings(self) -> list[Building]:
        """Every building."""
        return list(self._buildings.values())

    @property
    def households_in_all(self) -> int:
        """How many they are."""
        return len(self._reading.households)

    def households(self) -> Iterator[Household]:
        """Every household, one after the other."""
        return (self._household(number) for number in range(len(self._reading.households)))

    def home(self, number: int, since: date | None) -> Home:
        """A home in the household of that number in the reading."""
        if self._last is None or self._last[0] != number:
            self._last = number, Home.at(self._household(number), since=since)
        home = self._last[1]
        return home if home.since == since else msgspec.structs.replace(home, since=since)

    def _estate(self, name: str, is_old: bool | None) -> Estate:
        return Estate.of(
            self._identities.estate(self.community_id, name),
            community_id=self.community_id,
            name=name,
            kind=_KIND[is_old],
            from_edition=self.edition,
        )

    def _all_buildings(self) -> dict[tuple[str, str], Building]:
        doors = dict.fromkeys((each.estate, each.building) for each in self._reading.households)
        return {(name, label): self._building(name, label) for name, label in doors}

    def _building(self, name: str, label: str) -> Building:
        estate = self._estates[name]
        building_id = self._identities.building(self.community_id, estate.id, label)
        return Building.of(building_id, estate=estate, label=label, from_edition=self.edition)

    def _household(self, number: int) -> Household:
        said = self._reading.households[number]
        building = self._buildings[said.estate, said.building]
        return Household.of(
            self._identities.household(self.community_id, building.id, said.unit, said.room),
            building=building,
            unit=said.unit,
            room=said.room,
            area_cm2=said.area_cm2,
            vacant=said.is_vacant,
            from_edition=self.edition,
        )
