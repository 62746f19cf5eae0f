"""A workbook that is the same to the byte whenever it is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from demo_community.handwriting import Cell


class Sheet:
    """A sheet written from the top down, each row in full before the next."""

    def __init__(self, worksheet: Worksheet, date_format: Format) -> None:
        self._worksheet = worksheet
        self._date_format = date_format
        self.rows = 0

    def add(self, cells: list[Cell] | list[str]) -> int:
        """Write the next row; return its number as Excel shows it."""
        for place, cell in enumerate(cells):
            self._write(self.rows, place, cell)
        self.rows += 1
        return self.rows

    def add_formula(self, place: int, formula: str, value: int, label: str) -> None:
        """Write a row of a label in the first column and a formula with its last value."""
        self._worksheet.write_string(self.rows, 0, label)
        self._worksheet.write_formula(self.rows, place, formula, None, value)
        self.rows += 1

    def title(self, text: str, columns: int) -> None:
        """Write a title over all columns."""
        self._worksheet.merge_range(self.rows, 0, self.rows, columns - 1, text)
        self.rows += 1

    def merge_down(self, place: int, rows: int, text: str) -> None:
        """Merge a cell of the next row with those below it; leave these empty in `add`."""
        self._worksheet.merge_range(self.rows, place, self.rows + rows - 1, place, text)

    def hide(self, place: int) -> None:
        """Hide a column."""
        self._worksheet.set_column(place, place, 13, None, {"hidden": True})

    def _write(self, row: int, place: int, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, str):
            self._worksheet.write_string(row, place, cell)
        elif isinstance(cell, date):
            at = datetime.combine(cell, time())
            self._worksheet.write_datetime(row, place, at, self._date_format)
        else:
            self._worksheet.write_number(row, place, cell)


class Book:
    """The sheets of a workbook."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._date_format = workbook.add_format({"num_format": "yyyy-mm-dd"})

    def sheet(self, name: str) -> Sheet:
        """Return a new sheet."""
        return Sheet(self._workbook.add_worksheet(name), self._date_format)


@contextmanager
def book_at(path: Path, kept_on: date) -> Iterator[Book]:
    """Write a workbook to a path; it says that it was made on that day at noon."""
    with Workbook(str(path), {"constant_memory": True}) as workbook:
        created = datetime.combine(kept_on, time(12), tzinfo=UTC)
        workbook.set_properties({"author": "demo_community", "created": created})
        yield Book(workbook)
