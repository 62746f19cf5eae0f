"""Sheets for tests that care about a few cells."""

from collections.abc import Sequence
from datetime import date

from residents.domain.ledger.cells import Cell, Merge, SheetCells
from residents.domain.ledger.reading import LedgerReading, read

TODAY = date(2026, 11, 26)
HEADER: list[Cell] = [
    "门牌号",
    "建筑面积",
    "与户主关系",
    "姓名",
    "性别",
    "出生日期",
    "身份证号",
    "电话",
    "人员类别",
]


def person(
    door: Cell,
    name: Cell,
    *,
    area: Cell = None,
    relation: Cell = None,
    gender: Cell = None,
    born: Cell = None,
    number: Cell = None,
    phone: Cell = None,
    tags: Cell = None,
) -> list[Cell]:
    """A row under HEADER."""
    return [door, area, relation, name, gender, born, number, phone, tags]


def sheet(
    *rows: list[Cell],
    name: str = "春和苑",
    header: Sequence[list[Cell]] = (HEADER,),
    merged: Sequence[Merge] = (),
    is_hidden: bool = False,
) -> SheetCells:
    return SheetCells(name, [list(row) for row in (*header, *rows)], merged, is_hidden)


def read_sheets(
    *sheets: SheetCells, today: date = TODAY, default_as_of: date | None = None
) -> LedgerReading:
    return read(sheets, today=today, default_as_of=default_as_of)


def read_rows(*rows: list[Cell], merged: Sequence[Merge] = ()) -> LedgerReading:
    """What is read of rows under HEADER; the first of them is row 2."""
    return read_sheets(sheet(*rows, merged=merged))


def refusals(reading: LedgerReading) -> list[tuple[int, str]]:
    return [(row.row, row.code.value) for row in reading.refused]


def doors(reading: LedgerReading) -> list[tuple[str, str | None, str]]:
    return [(home.building, home.unit, home.room) for home in reading.households]


def names(reading: LedgerReading) -> list[str]:
    return [person.name for person in reading.people]
