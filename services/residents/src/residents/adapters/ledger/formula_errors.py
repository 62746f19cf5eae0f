"""Cells in which a formula came to nothing; calamine gives them as empty ones."""

import re
import zipfile
from typing import IO

from residents.domain.ledger.cells import Cell
from residents.domain.ledger.errors import LedgerDamaged

_SHOWN = "#VALUE!"
_LONGEST_TAG_BYTES = 256
_CELL = re.compile(rb'<(?:\w+:)?c (?=[^<>]*\bt="e")[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_SHEET = re.compile(r'<(?:\w+:)?sheet\s[^<>]*?\b\w+:id="([^"]+)"')
_PART = re.compile(r"<(?:\w+:)?Relationship\s[^<>]*>")
_ATTRIBUTE = re.compile(r'\b(Id|Target)="([^"]*)"')

ErrorCells = dict[int, list[int]]
"""Columns (from 0) by row (from 1)."""


class FormulaErrors:
    """Watches the XML of a sheet go by."""

    def __init__(self) -> None:
        self.cells: ErrorCells = {}
        self._before = b""

    def take(self, piece: bytes) -> None:
        """See the next piece."""
        seen = self._before + piece
        if b't="e"' in seen:
            for letters, row in _CELL.findall(seen):
                columns = self.cells.setdefault(int(row), [])
                if (column := _column_of(letters)) not in columns:
                    columns.append(column)
        self._before = piece[-_LONGEST_TAG_BYTES:]


def parts_of_sheets(file: IO[bytes]) -> list[str]:
    """The name of the part of each sheet, in the order of the workbook; "" where none is told.

    Raises: LedgerDamaged.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            texts = {
                name.lower(): packed.read(name).decode("utf-8", "replace").replace("'", '"')
                for name in packed.namelist()
                if name.lower() in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
            }
    except (zipfile.BadZipFile, NotImplementedError):
        raise LedgerDamaged from None
    targets = {}
    for part in _PART.findall(texts.get("xl/_rels/workbook.xml.rels", "")):
        said = dict(_ATTRIBUTE.findall(part))
        targets[said.get("Id")] = said.get("Target", "")
    ids = _SHEET.findall(texts.get("xl/workbook.xml", ""))
    return [_full_name(targets.get(known, "")) for known in ids]


def show_errors(row: list[Cell], columns: list[int]) -> None:
    """Put into a row what Excel shows in the place of a value."""
    row.extend([""] * (max(columns) + 1 - len(row)))
    for column in columns:
        row[column] = _SHOWN


def _full_name(target: str) -> str:
    name = target.removeprefix("/").lower()
    return name if not name or name.startswith("xl/") else f"xl/{name}"


def _column_of(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - ord("A") + 1
    return column - 1
