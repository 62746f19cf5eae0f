"""A committee's resident ledger, as a kind of import."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from residents.application.archive.ports import (
    Archives,
    Identities,
    Residents,
)
from residents.application.imports.ledger_people import LedgerPeople, PersonOfLedger
from residents.application.imports.ledger_places import LedgerPlaces
from residents.application.imports.ledger_writing import LedgerWriting
from residents.application.imports.ports import ImportJournal
from residents.domain.archive.editions import View
from residents.domain.archive.errors import ArchiveBusy
from residents.domain.archive.marks import KeyedHash
from residents.domain.imports.batch import ImportBatch, Phase
from residents.domain.imports.errors import ImportWaits, NothingToImport
from residents.domain.imports.rows import (
    ApplyOutcome,
    CheckOutcome,
    Difference,
    DifferingRow,
    RefusedRow,
    SkippedSheet,
)
from residents.domain.ledger.reading import LedgerReading

_SKIPPED_SHEETS_NAMED = 50


class LedgerReader(Protocol):
    """Reads a workbook."""

    async def __call__(
        self, file: bytes, *, today: date, default_as_of: date | None, journal: ImportJournal
    ) -> LedgerReading:
        """Read it, off the event loop. Raises: the ledger's named errors."""


class Editions(Protocol):
    """How the archive takes a new edition; every call may be repeated."""

    async def counts(self, community_id: str, batch_id: str) -> bool:
        """Whether the batch counts already, so that only settling is left."""

    async def begin(self, community_id: str, batch_id: str) -> int:
        """Make room. Returns: the edition to write. Raises: ArchiveBusy."""

    async def recount_all(self, community_id: str, edition: int) -> object:
        """Count the figures of an edition, of every building."""

    async def flip(self, community_id: str, batch_id: str, as_of: date | None) -> object:
        """Let it count: the one write that readers notice."""

    async def settle(self, community_id: str) -> object:
        """Fold in what was staged."""

    async def abandon(self, community_id: str, batch_id: str) -> bool:
        """Take back all of it, unless it counts already. Returns: whether nothing is left."""


@dataclass(frozen=True)
class ResidentLedgerKind:
    """The port `ImportKind`."""

    read: LedgerReader
    archives: Archives
    residents: Residents
    identities: Identities
    editions: Editions
    writing: LedgerWriting
    keyed_hash: KeyedHash

    async def check(self, batch: ImportBatch, file: bytes, journal: ImportJournal) -> CheckOutcome:
        """See the port."""
        reading = await self._read(batch, file, journal)
        check_is_ledger(reading)
        await journal.refused(
            [RefusedRow(row.sheet, row.row, row.code, row.reason) for row in reading.refused]
        )
        archive = await self.archives.of(batch.community_id)
        people = self._people(batch, reading, archive.view, archive.last_edition + 1)
        found = dict.fromkeys(Difference, 0)
        done, total = 0, len(reading.people)
        async for some in people.compared():
            await _note(found, [_difference(each) for each in some], journal)
            done += len(some)
            await journal.progress(Phase.COMPARING, done, total)
        async for missing in self._missing(people):
            await _note(found, missing, journal)
        return CheckOutcome(
            as_of=reading.as_of,
            rows_read=_rows_read(reading),
            rows_refused=len(reading.refused),
            counts=_counts(reading),
            differences=found,
            skipped_sheets=tuple(
                SkippedSheet(each.sheet, each.reason)
                for each in reading.skipped_sheets[:_SKIPPED_SHEETS_NAMED]
            ),
        )

    async def apply(self, batch: ImportBatch, file: bytes, journal: ImportJournal) -> ApplyOutcome:
        """See the port."""
        community_id = batch.community_id
        if not await self.editions.counts(community_id, batch.id):
            edition = await self._begun(batch)
            reading = await self._read(batch, file, journal)
            view = (await self.archives.of(community_id)).view
            people = self._people(batch, reading, view, edition)
            await self.writing(batch, people, edition, journal)
            await journal.progress(Phase.SETTLING, 0)
            await self.editions.recount_all(community_id, edition)
            await self.editions.flip(community_id, batch.id, reading.as_of)
        await self.editions.settle(community_id)
        return ApplyOutcome(edition=(await self.archives.of(community_id)).edition)

    async def abandon(self, batch: ImportBatch) -> bool:
        """See the port."""
        return await self.editions.abandon(batch.community_id, batch.id)

    async def _begun(self, batch: ImportBatch) -> int:
        try:
            return await self.editions.begin(batch.community_id, batch.id)
        except ArchiveBusy:
            raise ImportWaits from None

    async def _read(self, batch: ImportBatch, file: bytes, journal: ImportJournal) -> LedgerReading:
        return await self.read(
            file, today=batch.received_on, default_as_of=batch.as_of, journal=journal
        )

    def _people(
        self, batch: ImportBatch, reading: LedgerReading, view: View, edition: int
    ) -> LedgerPeople:
        places = LedgerPlaces(reading, self.identities, batch.community_id, edition)
        return LedgerPeople(
            self.residents,
            self.keyed_hash,
            batch.community_id,
            view,
            reading,
            places,
            met=set(),
        )

    async def _missing(self, people: LedgerPeople) -> AsyncIterator[list[DifferingRow]]:
        """Who lives here and is not in the file: listed, and never moved out."""
        living = self.residents.all_living(people.community_id, view=people.view)
        async for some in living:
            yield [
                DifferingRow(Difference.MISSING, each.id)
                for each in some
                if each.id not in people.met
            ]


def check_is_ledger(reading: LedgerReading) -> None:
    """Refuse a file in which nothing of a ledger was found. Raises: NothingToImport."""
    if not (reading.people or reading.households or reading.refused or reading.unplaced):
        raise NothingToImport


async def _note(
    found: dict[Difference, int], rows: list[DifferingRow], journal: ImportJournal
) -> None:
    for row in rows:
        found[row.difference] += 1
    await journal.differs([row for row in rows if row.difference is not Difference.UNCHANGED])


def _difference(person: PersonOfLedger) -> DifferingRow:
    sheet, row = person.row.sheet, person.row.row
    if person.known is None or person.comparison is None:
        return DifferingRow(Difference.NEW, None, sheet, row)
    comparison = person.comparison
    return DifferingRow(comparison.difference, person.known.id, sheet, row, comparison.fields)


def _rows_read(reading: LedgerReading) -> int:
    vacant = sum(household.is_vacant for household in reading.households)
    return len(reading.people) + len(reading.refused) + vacant


def _counts(reading: LedgerReading) -> dict[str, int]:
    summary = reading.summary()
    return {
        "estates": len(summary.estates),
        "old_estates": sum(bool(estate.old) for estate in summary.estates),
        "buildings": summary.buildings,
        "households": summary.households,
        "households_without_door": len(reading.unplaced),
        "vacant_households": summary.vacant_households,
        "residents": summary.residents,
        "elderly_60": summary.elderly_60,
        "area_cm2": sum(estate.area_cm2 for estate in summary.estates),
    }
