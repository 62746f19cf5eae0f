"""What formulas come to where calamine gives an empty cell: failed ones, and never computed ones.

Programs that write workbooks leave it to Excel to compute. A formula of constants alone has its
value nevertheless; of any other it is shown that its value is missing.
"""

import re
import zipfile
from typing import IO
from xml.sax.saxutils import unescape

from residents.adapters.ledger.constant_formulas import constant_in
from residents.domain.ledger.cells import Cell
from residents.domain.ledger.errors import LedgerDamaged

_SHOWN = "#VALUE!"
_LONGEST_CELL_BYTES = 4_096
_FAILED = re.compile(rb'<(?:\w+:)?c (?=[^<>]*\bt="e")[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_FORMULA = re.compile(
    rb"<(?:\w+:)?c ([^<>]{1,256})>\s{0,9}<(?:\w+:)?f(?: [^<>]{0,256}?)?"
    rb"(?:/>|>([^<>]{0,2000})</(?:\w+:)?f>)\s{0,9}"
    rb"(?:<(?:\w+:)?v ?(?:/>|>([^<>]{0,1000})</(?:\w+:)?v>))?\s{0,9}</(?:\w+:)?c>"
)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_SHEET = re.compile(r'<(?:\w+:)?sheet\s[^<>]*?\b\w+:id="([^"]+)"')
_PART = re.compile(r"<(?:\w+:)?Relationship\s[^<>]*>")
_ATTRIBUTE = re.compile(r'\b(Id|Target)="([^"]*)"')

FormulaCells = dict[int, dict[int, float | str]]
"""What to show, by row (from 1) and column (from 0)."""


class FormulaValues:
    """Watches the XML of a sheet go by."""

    def __init__(self) -> None:
        self.cells: FormulaCells = {}
        self._before = b""

    def take(self, piece: bytes) -> None:
        """See the next piece."""
        seen = self._before + piece
        if b"<f" in seen or b":f" in seen:
            for attributes, formula, value in _FORMULA.findall(seen):
                self._take_formula(attributes, formula, value)
        if b't="e"' in seen:
            for letters, row in _FAILED.findall(seen):
                self._show(letters, row, _SHOWN)
        self._before = seen[-_LONGEST_CELL_BYTES:]

    def _take_formula(self, attributes: bytes, formula: bytes, value: bytes) -> None:
        at = _REFERENCE.search(attributes)
        constant = constant_in(unescape(formula.decode("utf-8", "replace"), {"&quot;": '"'}))
        is_computed = bool(value) or b't="str"' in attributes
        if at is not None and (constant is not None or not is_computed):
            self._show(at[1], at[2], _SHOWN if constant is None else constant)

    def _show(self, letters: bytes, row: bytes, value: float | str) -> None:
        self.cells.setdefault(int(row), {})[_column_of(letters)] = value


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


def show_formulas(row: list[Cell], values: dict[int, float | str]) -> None:
    """Put into a row what its formulas come to, of failed ones what Excel shows."""
    row.extend([""] * (max(values) + 1 - len(row)))
    for column, value in values.items():
        row[column] = value


def _full_name(target: str) -> str:
    name = target.removeprefix("/").lower()
    return name if not name or name.startswith("xl/") else f"xl/{name}"


def _column_of(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - ord("A") + 1
    return column - 1
