"""An owners' register as a kind of import."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from residents.application.imports.ports import ImportJournal
from residents.application.owners.apply_register import ApplyRegister
from residents.application.owners.ports import (
    OwnerIdentities,
    Ownerships,
    Registers,
)
from residents.application.owners.register_comparison import (
    Compared,
    ComparedFile,
    RegisterComparison,
    Uncomparable,
)
from residents.application.owners.visible_edition import visible_edition
from residents.application.ports import Cursor
from residents.domain.imports.batch import ImportBatch, Phase
from residents.domain.imports.rows import (
    ApplyOutcome,
    CheckOutcome,
    Difference,
    DifferingRow,
    RefusedRow,
)
from residents.domain.ledger.cells import SheetCells
from residents.domain.owners.ownership import OwnershipList
from residents.domain.owners.register_entries import RegisterReading
from residents.domain.owners.register_reading import read_register

PAGE = 500
"""Dwellings that are compared and written at a time."""

OpenWorkbook = Callable[[bytes], Iterable[SheetCells]]


@dataclass(frozen=True)
class OwnersRegisterKind:
    """See `imports.ports.ImportKind`."""

    open_workbook: OpenWorkbook
    registers: Registers
    ownerships: Ownerships
    comparison: RegisterComparison
    apply_register: ApplyRegister
    identities: OwnerIdentities

    async def check(self, batch: ImportBatch, file: bytes, journal: ImportJournal) -> CheckOutcome:
        """Read it and compare it with what is there; nothing but the journal is written.

        Raises: the refusals of a workbook; RegisterUnreadable.
        """
        reading = await self._read(batch, file, journal)
        visible = await visible_edition(self.registers, self.identities, batch.community_id)
        comparing = ComparedFile(batch.community_id, reading.as_of, visible, visible + 1)
        tally = _Tally(journal, rows_refused=len(reading.refused))
        await journal.refused(reading.refused)
        for start in range(0, len(reading.dwellings), PAGE):
            page = reading.dwellings[start : start + PAGE]
            await tally.take(await self.comparison.compare(comparing, page))
            await journal.progress(Phase.COMPARING, start + len(page), len(reading.dwellings))
        await self.comparison.note_refused(comparing, reading.refused_doors)
        await self._list_missing(comparing, tally)
        return CheckOutcome(
            as_of=reading.as_of,
            rows_read=reading.rows_read,
            rows_refused=tally.rows_refused,
            counts=dict(tally.counts),
            differences=dict(tally.differences),
        )

    async def apply(self, batch: ImportBatch, file: bytes, journal: ImportJournal) -> ApplyOutcome:
        """Do what it says, shown by one write.

        Raises: RegisterBusy; the refusals of a workbook; RegisterUnreadable.
        """
        reading = await self._read(batch, file, journal)
        return ApplyOutcome(edition=await self.apply_register(batch, reading, journal))

    async def abandon(self, batch: ImportBatch) -> bool:
        """Take back what was begun. Returns: False when it is shown already."""
        return await self.apply_register.abandon(batch)

    async def _read(
        self, batch: ImportBatch, file: bytes, journal: ImportJournal
    ) -> RegisterReading:
        await journal.progress(Phase.READING, 0)
        reading = read_register(
            self.open_workbook(file), today=batch.received_on, default_as_of=batch.as_of
        )
        await journal.progress(Phase.READING, reading.rows_read, reading.rows_read)
        return reading

    async def _list_missing(self, file: ComparedFile, tally: "_Tally") -> None:
        """Dwellings whose owners are known and that the file leaves out: listed, never changed."""
        after: Cursor | None = None
        while True:
            page = await self.ownerships.of_list(
                file.community_id, OwnershipList.KNOWN, first=PAGE, after=after
            )
            known = [each.dwelling.household_id for each in page.items]
            await tally.miss([each for each in known if each not in file.household_ids])
            if not page.has_next_page:
                return
            after = page.cursors[-1]


class _Tally:
    """What a check finds, counted and handed to the journal."""

    def __init__(self, journal: ImportJournal, *, rows_refused: int) -> None:
        self._journal = journal
        self.rows_refused = rows_refused
        self.counts: Counter[str] = Counter(dwellings=0, co_owned_dwellings=0, owners=0)
        self.differences: Counter[Difference] = Counter()
        self._owners: set[str] = set()

    async def take(self, page: Iterable[Compared | Uncomparable]) -> None:
        """Take a page of the file."""
        refused: list[RefusedRow] = []
        differing: list[DifferingRow] = []
        for each in page:
            if isinstance(each, Uncomparable):
                refused += _refused(each)
                continue
            self._count(each)
            if each.difference is not Difference.UNCHANGED:
                differing.append(_differing(each))
        self.rows_refused += len(refused)
        await self._journal.refused(refused)
        await self._journal.differs(differing)

    async def miss(self, household_ids: list[str]) -> None:
        """Take dwellings that the file leaves out."""
        self.differences[Difference.MISSING] += len(household_ids)
        await self._journal.differs(
            [DifferingRow(Difference.MISSING, subject_id=each) for each in household_ids]
        )

    def _count(self, each: Compared) -> None:
        self._owners.update(owner.owner_id for owner in each.owners)
        self.counts["dwellings"] += 1
        self.counts["co_owned_dwellings"] += len(each.owners) > 1
        self.counts["owners"] = len(self._owners)
        self.differences[each.difference] += 1


def _refused(each: Uncomparable) -> list[RefusedRow]:
    return [
        RefusedRow(owner.sheet, owner.row, each.error.code, each.error.message)
        for owner in each.said.owners
    ]


def _differing(each: Compared) -> DifferingRow:
    first = each.said.owners[0]
    return DifferingRow(
        each.difference,
        subject_id=each.after.dwelling.household_id,
        sheet=first.sheet,
        row=first.row,
        fields=each.fields,
    )
