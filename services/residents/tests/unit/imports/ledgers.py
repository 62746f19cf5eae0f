"""Small ledgers as they are read, and an archive in memory to apply them to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from chassis.encryption import LookupHash
from chassis.testing import REQUESTS, FrozenClock
from residents.adapters.archive.identities import DerivedIdentities
from residents.adapters.archive.memory import (
    MemoryArchives,
    MemoryBuildings,
    MemoryEstates,
    MemoryFigures,
    MemoryHouseholds,
    MemoryPersonHolds,
    MemoryResidents,
)
from residents.application.archive.counting import RecountBuildings
from residents.application.archive.editions import Editions
from residents.application.archive.enter_person import EnterPerson, NewPerson
from residents.application.archive.reading import ArchiveReading
from residents.application.archive.recognise_person import RecognisePerson
from residents.application.imports.ledger_writing import LedgerWriting
from residents.application.imports.ports import ImportJournal
from residents.application.imports.resident_ledger import ResidentLedgerKind
from residents.domain.archive.people import PersonFacts
from residents.domain.archive.places import Household
from residents.domain.archive.residents import Resident
from residents.domain.ledger.entries import LedgerEstate, LedgerHousehold, LedgerPerson
from residents.domain.ledger.reading import LedgerReading

TODAY = date(2026, 11, 20)
JULY, NOVEMBER = date(2026, 7, 1), date(2026, 11, 1)
SHEET = "槐荫里"
KEYED_HASH = LookupHash(bytes(32))


def person(
    name: str, door: int, *, row: int = 0, birth: date | None = date(1950, 3, 1),
    phone: str | None = None, number: str | None = None, tags: tuple[str, ...] = (),
) -> LedgerPerson:  # fmt: skip
    """A row of somebody who lives behind the n-th door."""
    return LedgerPerson(SHEET, row, door, name, phone, birth, None, None, tags, number)


def reading(
    people: Sequence[LedgerPerson], *, doors: int = 3, as_of: date = JULY,
    is_old: bool | None = True, area_cm2: int | None = 500_000,
    vacant: frozenset[int] = frozenset(),
) -> LedgerReading:  # fmt: skip
    """One estate with a building of so many doors; rows are numbered in their order."""
    numbered = [
        LedgerPerson(
            each.sheet, row, each.household, each.name, each.phone, each.birth_date,
            each.gender, each.relation, each.tags, each.identity_number,
        )
        for row, each in enumerate(people, 3)
    ]  # fmt: skip
    return LedgerReading(
        as_of=as_of,
        estates=[LedgerEstate(SHEET, is_old)],
        households=[
            LedgerHousehold(SHEET, 3, SHEET, "1", "2", f"{101 + n}", area_cm2, n in vacant)
            for n in range(doors)
        ],
        people=numbered,
        refused=[],
        unplaced=[],
        skipped_sheets=[],
    )


@dataclass
class Readings:
    """Stands for the reader: a file is the number of a reading.

    Attributes:
        days: of which it was told for files that say none.
    """

    kept: list[LedgerReading] = field(default_factory=list)
    days: set[date] = field(default_factory=set)

    def file(self, of: LedgerReading) -> bytes:
        """The file that is read so."""
        self.kept.append(of)
        return str(len(self.kept) - 1).encode()

    async def __call__(
        self, file: bytes, *, today: date, default_as_of: date | None, journal: ImportJournal
    ) -> LedgerReading:
        del journal
        self.days.add(default_as_of or today)
        return self.kept[int(file)]


class ArchiveInMemory:
    """The archive's stores, and a resident ledger's kind over them."""

    def __init__(self) -> None:
        now = self.now = FrozenClock()
        keyed_hash = KEYED_HASH
        identities = self.identities = DerivedIdentities()
        self.holds = MemoryPersonHolds()
        self.readings = Readings()
        self.archives = MemoryArchives()
        self.estates = MemoryEstates()
        self.buildings = MemoryBuildings()
        self.households = MemoryHouseholds(now)
        self.residents = MemoryResidents(now)
        self.figures = MemoryFigures()
        recount = RecountBuildings(
            self.buildings, self.households, self.residents, self.figures, identities,
            keyed_hash, now, lambda: TODAY,
        )  # fmt: skip
        self.editions = Editions(
            self.archives, self.estates, self.buildings, self.households, self.residents,
            self.figures, recount,
        )  # fmt: skip
        writing = LedgerWriting(
            self.estates, self.buildings, self.households, self.residents, self.holds,
            identities, keyed_hash, lambda: TODAY, now,
        )  # fmt: skip
        self.kind = ResidentLedgerKind(
            self.readings, self.archives, self.residents, identities, self.editions, writing,
            keyed_hash,
        )  # fmt: skip

    async def enter(self, name: str, door: Household) -> Resident:
        """Somebody is entered by hand behind a door, without a day; see `person`."""
        reading = ArchiveReading(
            self.archives, self.estates, self.buildings, self.households, self.residents
        )
        enter_person = EnterPerson(
            reading,
            self.residents,
            RecognisePerson(reading, self.residents, self.holds, self.identities, self.now),
            self.identities, KEYED_HASH, lambda: TODAY, self.now,
        )  # fmt: skip
        said = NewPerson(
            resident_id=f"resident_{name}",
            community_id=door.community_id,
            household_id=door.id,
            facts=PersonFacts(name=name, birth_date=date(1950, 3, 1)),
        )
        return await enter_person(said, request=REQUESTS.request_for("account_1", name))

    async def people(self, community_id: str) -> dict[str, Resident]:
        """Who counts, by name."""
        archive = await self.archives.of(community_id)
        seen = [
            each.effective(archive.edition)
            for each in self.residents.all
            if each.community_id == community_id and archive.view.sees(each.from_edition)
        ]
        return {each.facts.name: each for each in seen if each.facts}

    async def totals(self, community_id: str) -> tuple[int, int, int]:
        """Households, residents and elderly, as every reader sees them."""
        archive = await self.archives.of(community_id)
        figures = await self.figures.of_edition(community_id, archive.edition)
        counts = [each.counts for each in figures]
        return (
            sum(each.households for each in counts),
            sum(each.residents for each in counts),
            sum(each.elderly_60 for each in counts),
        )

    @property
    def contents(self) -> dict[str, int]:
        """How many documents lie there of each kind."""
        return {
            "estates": len(self.estates.all),
            "buildings": len(self.buildings.all),
            "households": len(self.households.all),
            "residents": len(self.residents.all),
        }
