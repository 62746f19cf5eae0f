"""Opening workbooks with calamine: .xlsx and .xlsm."""

import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from residents.adapters.ledger.calamine_refusals import as_ledger_errors
from residents.adapters.ledger.formula_values import (
    FormulaCells,
    parts_of_sheets,
    show_formulas,
)
from residents.adapters.ledger.workbook_limits import WorkbookLimits
from residents.adapters.ledger.workbook_parts import NOTHING_SEEN, PartSeen, check_parts
from residents.domain.errors import ResidentsError
from residents.domain.ledger.cells import Cell, Merge, SheetCells
from residents.domain.ledger.errors import (
    LedgerEncrypted,
    LedgerInOldFormat,
    LedgerNotASpreadsheet,
    LedgerTooLarge,
    LedgerTooManyRows,
    LedgerWithoutSheets,
)

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_OLD_WORKBOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
DEFAULT_LIMITS = WorkbookLimits()


def open_workbook(
    source: Path | bytes, *, limits: WorkbookLimits = DEFAULT_LIMITS
) -> Iterator[SheetCells]:
    """The sheets of a workbook, one after the other, hidden ones marked.

    The file is measured and opened before this returns; a sheet is parsed when it is asked for,
    and only one is held at a time. Row numbers are Excel's. A formula is its last value; one of
    constants alone is what it says, one never computed is an error.

    Args:
        source: where the workbook lies, or its bytes.

    Raises:
        LedgerTooLarge, LedgerUnpacksTooLarge, LedgerNotASpreadsheet, LedgerInOldFormat,
        LedgerEncrypted, LedgerDamaged, LedgerTooManyRows, LedgerWithoutSheets; while iterating
        LedgerDamaged and LedgerTooManyRows.
    """
    file = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    with file:
        parts = _check(file, limits)
        book = _opened(source)
    sheets = [
        (at, known)
        for at, known in enumerate(book.sheets_metadata)
        if known.typ is SheetTypeEnum.WorkSheet
    ]
    if not any(known.visible is SheetVisibleEnum.Visible for _, known in sheets):
        raise LedgerWithoutSheets
    return _sheets(book, sheets, parts, limits)


def _check(file: IO[bytes], limits: WorkbookLimits) -> list[PartSeen]:
    """Sheet after sheet what was seen of it."""
    if file.seek(0, io.SEEK_END) > limits.file_bytes:
        raise LedgerTooLarge(limits.file_bytes)
    file.seek(0)
    begins = file.read(len(_OLE))
    if begins.startswith(_ZIP):
        parts = check_parts(file, limits)
        return [parts.get(part, NOTHING_SEEN) for part in parts_of_sheets(file)]
    raise _not_a_workbook(begins + file.read())


def _not_a_workbook(content: bytes) -> ResidentsError:
    """What else it is. A workbook with a password lies in the same container as an old one."""
    if not content.startswith(_OLE):
        return LedgerNotASpreadsheet()
    if _ENCRYPTED_PACKAGE in content:
        return LedgerEncrypted()
    is_old = any(name in content for name in _OLD_WORKBOOKS)
    return LedgerInOldFormat() if is_old else LedgerNotASpreadsheet()


def _opened(source: Path | bytes) -> CalamineWorkbook:
    with as_ledger_errors():
        return CalamineWorkbook.from_object(
            io.BytesIO(source) if isinstance(source, bytes) else source
        )


def _sheets(
    book: CalamineWorkbook,
    sheets: list[tuple[int, SheetMetadata]],
    parts: list[PartSeen],
    limits: WorkbookLimits,
) -> Iterator[SheetCells]:
    left_rows = limits.rows
    with closing(book):
        for at, known in sheets:
            if known.visible is not SheetVisibleEnum.Visible:
                yield SheetCells(known.name, (), is_hidden=True)
                continue
            with as_ledger_errors():
                sheet = book.get_sheet_by_index(at)
            left_rows -= _height(sheet, limits)
            if left_rows < 0:
                raise LedgerTooManyRows(limits.rows)
            seen = parts[at] if at < len(parts) else NOTHING_SEEN
            yield SheetCells(
                known.name,
                _rows(sheet, seen.formulas),
                _merged(sheet),
                hidden_columns=seen.hidden_columns,
            )


def _height(sheet: CalamineSheet, limits: WorkbookLimits) -> int:
    if sheet.end is None:
        return 0
    last_row, last_column = sheet.end
    if last_column >= limits.columns:
        raise LedgerTooManyRows(limits.rows)
    return last_row + 1


def _rows(sheet: CalamineSheet, shown: FormulaCells) -> Iterator[list[Cell]]:
    """The rows from the first on; calamine leaves out the empty columns before the data."""
    before: list[Cell] = [None] * (sheet.start[1] if sheet.start is not None else 0)
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells: list[Cell] = [*before, *row]
        if number in shown:
            show_formulas(cells, shown[number])
        yield cells


def _merged(sheet: CalamineSheet) -> Iterator[Merge]:
    for (first_row, first_column), (last_row, last_column) in sheet.merged_cell_ranges or ():
        yield Merge(first_row + 1, first_column + 1, last_row + 1, last_column + 1)
