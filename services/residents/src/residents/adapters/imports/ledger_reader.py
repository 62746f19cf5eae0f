"""Reading a workbook in a thread, while the loop says how far it is."""

import asyncio
import dataclasses
import hashlib
from collections.abc import Iterable, Iterator
from datetime import date

from residents.adapters.ledger.calamine_workbooks import open_workbook
from residents.application.imports.ports import ImportJournal
from residents.domain.imports.batch import Phase
from residents.domain.ledger.cells import Cell, SheetCells
from residents.domain.ledger.reading import LedgerReading, read

_SAYS_EVERY_SECONDS = 1.0


class RowCount:
    """How many rows were read so far."""

    def __init__(self) -> None:
        self.rows = 0

    def counting(self, sheets: Iterable[SheetCells]) -> Iterator[SheetCells]:
        """The same sheets, counted as they are read."""
        return (dataclasses.replace(each, rows=self._counted(each.rows)) for each in sheets)

    def _counted(self, rows: Iterable[list[Cell]]) -> Iterator[list[Cell]]:
        for row in rows:
            self.rows += 1
            yield row


class WorkbookReader:
    """The port `LedgerReader`; what was read last is remembered.

    Who checks a file and applies it in one process reads it once.
    """

    def __init__(self) -> None:
        self._last: tuple[tuple[bytes, date, date | None], LedgerReading] | None = None

    async def __call__(
        self, file: bytes, *, today: date, default_as_of: date | None, journal: ImportJournal
    ) -> LedgerReading:
        """See the port."""
        wanted = hashlib.sha256(file).digest(), today, default_as_of
        if self._last is None or self._last[0] != wanted:
            self._last = wanted, await self._read(file, today, default_as_of, journal)
        return self._last[1]

    async def _read(
        self, file: bytes, today: date, default_as_of: date | None, journal: ImportJournal
    ) -> LedgerReading:
        count = RowCount()

        def reading() -> LedgerReading:
            sheets = count.counting(open_workbook(file))
            return read(sheets, today=today, default_as_of=default_as_of)

        task = asyncio.ensure_future(asyncio.to_thread(reading))
        while not task.done():
            await journal.progress(Phase.READING, count.rows)
            await asyncio.wait([task], timeout=_SAYS_EVERY_SECONDS)
        return task.result()
