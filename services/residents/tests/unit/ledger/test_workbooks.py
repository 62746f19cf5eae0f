"""Files of strangers: what is no ledger is refused by name before it does harm."""

import io
import re
import resource
import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from residents.adapters.ledger.calamine_workbooks import open_workbook
from residents.adapters.ledger.workbook_limits import WorkbookLimits
from residents.domain.errors import ResidentsError
from residents.domain.ledger.errors import (
    LedgerDamaged,
    LedgerEncrypted,
    LedgerInOldFormat,
    LedgerNotASpreadsheet,
    LedgerTooLarge,
    LedgerTooManyRows,
    LedgerUnpacksTooLarge,
    LedgerWithoutSheets,
)
from residents.domain.ledger.reading import LedgerReading, read

from .fixtures import LEDGER

GIVEN = LEDGER.read_bytes()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"
MEGABYTE = 1 << 20


def read_workbook(content: bytes, limits: WorkbookLimits | None = None) -> LedgerReading:
    sheets = open_workbook(content, limits=limits or WorkbookLimits())
    return read(sheets, today=date(2026, 11, 26))


def workbook(*rows: list[str]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("春和苑")
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    book.close()
    return file.getvalue()


SMALL = workbook(["门牌号", "姓名"], ["1-1-101", "马曦"])


def with_part(name: str, content: bytes, *, of: bytes = SMALL) -> bytes:
    """The workbook with a part in another's place, or beside the others."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(of)) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part), zipfile.ZIP_DEFLATED)
        new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def sheet_of(cells: str) -> bytes:
    return with_part(
        SHEET,
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{cells}</sheetData></worksheet>".encode(),
    )


def refused(content: bytes, limits: WorkbookLimits | None = None) -> type[ResidentsError]:
    before_kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ResidentsError) as error:
        read_workbook(content, limits)
    after_kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert after_kilobytes - before_kilobytes < 200 * 1024
    assert error.value.message.endswith("。")
    return type(error.value)


def test_a_file_and_its_bytes_are_the_same_ledger(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(GIVEN)
    of_path = read(open_workbook(path), today=date(2026, 11, 26))

    assert of_path == read_workbook(GIVEN)


def test_row_numbers_are_excels_below_empty_rows_and_right_of_empty_columns() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("春和苑")
    sheet.write_row(4, 3, ["门牌号", "姓名", "电话"])
    sheet.write_row(7, 3, ["1-1-101", "马曦", "123"])
    book.close()

    assert [row.row for row in read_workbook(file.getvalue()).refused] == [8]


def test_formulas_are_read_by_their_last_value_and_failed_ones_are_told() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.add_worksheet("说明")
    sheet = book.add_worksheet("春和苑")
    sheet.write_row(0, 0, ["门牌号", "姓名", "建筑面积", "电话"])
    sheet.write_row(1, 0, ["1-1-101", "马曦"])
    sheet.write_formula(1, 2, "=40+40.5", None, 80.5)
    sheet.write_row(2, 1, ["谢志"])
    sheet.write_formula(2, 0, "=VLOOKUP(1,A1:B1,2)", None, "#N/A")
    sheet.write_row(3, 0, ["1-1-102", "于涛"])
    sheet.write_formula(3, 3, "=1/0", None, "#DIV/0!")
    book.close()
    reading = read_workbook(file.getvalue())

    assert [(row.row, row.code) for row in reading.refused] == [
        (3, "FORMULA_ERROR"),
        (4, "FORMULA_ERROR"),
    ]
    assert [home.area_cm2 for home in reading.households] == [805_000, None]


def test_hidden_sheets_are_skipped_and_hidden_columns_and_rows_are_read() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    shown, hidden = book.add_worksheet("春和苑"), book.add_worksheet("旧")
    for sheet in (shown, hidden):
        sheet.write_row(0, 0, ["门牌号", "姓名"])
        sheet.write_row(1, 0, ["1-1-101", "马曦"])
    shown.set_row(1, None, None, {"hidden": True})
    shown.set_column(0, 0, None, None, {"hidden": True})
    hidden.hide()
    book.close()
    reading = read_workbook(file.getvalue())

    assert [person.sheet for person in reading.people] == ["春和苑"]
    assert [skipped.sheet for skipped in reading.skipped_sheets] == ["旧"]


def test_a_workbook_of_empty_sheets_is_an_empty_ledger() -> None:
    reading = read_workbook(workbook())

    assert reading.summary().households == 0
    assert [skipped.sheet for skipped in reading.skipped_sheets] == ["春和苑"]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", LedgerNotASpreadsheet),
        (b"\x00" * 100, LedgerNotASpreadsheet),
        ("门牌号,姓名\n1-1-101,马曦\n".encode("gbk"), LedgerNotASpreadsheet),
        (b"%PDF-1.7", LedgerNotASpreadsheet),
        (OLE + b"\x00" * 512, LedgerNotASpreadsheet),
        (OLE + "Workbook".encode("utf-16-le") + b"\x00" * 512, LedgerInOldFormat),
        (OLE + "EncryptedPackage".encode("utf-16-le"), LedgerEncrypted),
        (GIVEN[:100], LedgerDamaged),
        (GIVEN[: len(GIVEN) // 2], LedgerDamaged),
        (GIVEN[:-10], LedgerDamaged),
        (b"PK\x03\x04" + b"\x00" * 100, LedgerDamaged),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else f"{len(value)} bytes",
)
def test_what_is_no_workbook_is_refused_by_name(
    content: bytes, error: type[ResidentsError]
) -> None:
    assert refused(content) is error


def test_a_zip_of_something_else_is_no_spreadsheet() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("readme.txt", "x")

    assert refused(file.getvalue()) is LedgerNotASpreadsheet


def test_more_than_a_hundred_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(100_000_001)

    with pytest.raises(LedgerTooLarge) as error:
        open_workbook(path)
    assert "100 MB" in error.value.message


def test_a_bomb_that_says_what_it_is_is_refused() -> None:
    assert refused(with_part(SHEET, b" " * 60 * MEGABYTE)) is LedgerUnpacksTooLarge


def test_a_bomb_that_says_it_is_small_is_refused() -> None:
    bomb = bytearray(with_part(SHEET, b" " * 60 * MEGABYTE))
    for signature, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        where = bomb.rindex(signature)
        struct.pack_into("<I", bomb, where + at, 1_000)

    assert refused(bytes(bomb)) is LedgerUnpacksTooLarge


def test_many_parts_packed_parts_and_parts_by_one_name_are_refused() -> None:
    many = SMALL
    file = io.BytesIO(many)
    with zipfile.ZipFile(file, "a") as packed:
        for at in range(2_000):
            packed.writestr(f"xl/media/{at}", b"")
    within = with_part("xl/inner.zip", SMALL)

    assert refused(file.getvalue()) is LedgerUnpacksTooLarge
    assert refused(within) is LedgerUnpacksTooLarge


@pytest.mark.parametrize(
    ("cells", "error"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>', LedgerTooManyRows),
        ("<row><c\nr='A1048576' ><v>1</v></c></row>" * 2, None),
        ('<row r="4000000000"><c><v>1</v></c></row>', LedgerTooManyRows),
        (
            '<row r="1"><c r="A1"><v>1</v></c><c r="ZZ1048576"><v>1</v></c></row>',
            LedgerUnpacksTooLarge,
        ),
    ],
)
def test_two_cells_do_not_span_the_world(cells: str, error: type[ResidentsError] | None) -> None:
    if error is None:
        assert read_workbook(sheet_of(cells)).people == []
    else:
        assert refused(sheet_of(cells)) is error


@pytest.mark.parametrize("stated", ["1000000000", "9" * 30, "&#57;00000000", "009000000000"])
def test_room_for_a_stated_billion_is_not_made(stated: str) -> None:
    """A library that makes room for what is stated would end the process, not raise."""
    with zipfile.ZipFile(io.BytesIO(SMALL)) as packed:
        texts = packed.read("xl/sharedStrings.xml").decode()
    for attribute in (f'uniqueCount="{stated}"', f"uniqueCount = '{stated}'"):
        bomb = re.sub(r'uniqueCount="\d+"', attribute, texts)
        assert refused(with_part("xl/sharedStrings.xml", bomb.encode())) is LedgerUnpacksTooLarge


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'

    assert refused(with_part(SHEET, bomb)) is LedgerDamaged


def test_too_many_rows_are_refused() -> None:
    content = workbook(["门牌号", "姓名"], *(["1-1-101", "马曦"] for _ in range(30)))

    assert refused(content, WorkbookLimits(rows=20)) is LedgerTooManyRows
    assert LedgerTooManyRows(1_200_000).message.startswith("表格超过 1,200,000 行")


def test_a_workbook_of_hidden_sheets_alone_is_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(SMALL)) as packed:
        listed = packed.read("xl/workbook.xml").replace(b"<sheet ", b'<sheet state="hidden" ')

    assert refused(with_part("xl/workbook.xml", listed)) is LedgerWithoutSheets


@settings(max_examples=200, deadline=None)
@given(at=st.integers(0, len(SMALL) - 1), byte=st.integers(0, 255))
def test_a_flipped_byte_is_refused_or_harmless(at: int, byte: int) -> None:
    content = bytearray(SMALL)
    content[at] = byte
    try:
        reading = read_workbook(bytes(content))
    except ResidentsError as error:
        assert error.code.startswith("LEDGER_")  # noqa: PT017
    else:
        assert len(reading.people) <= 1


@settings(max_examples=100, deadline=None)
@given(noise=st.binary(max_size=300), at=st.integers(0, 2_000))
def test_damaged_xml_is_refused_or_harmless(noise: bytes, at: int) -> None:
    with zipfile.ZipFile(io.BytesIO(SMALL)) as packed:
        xml = packed.read(SHEET)
    content = with_part(SHEET, xml[:at] + noise + xml[at:])
    try:
        read_workbook(content)
    except ResidentsError as error:
        assert error.code.startswith("LEDGER_")  # noqa: PT017


def test_the_checksum_of_a_part_is_held() -> None:
    with zipfile.ZipFile(io.BytesIO(SMALL)) as packed:
        checksum = struct.pack("<I", packed.getinfo(SHEET).CRC)

    assert refused(SMALL.replace(checksum, b"\x01\x02\x03\x04")) is LedgerDamaged
