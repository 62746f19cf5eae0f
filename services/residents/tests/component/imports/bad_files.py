"""Files that are no ledgers."""

import io
import zipfile

import xlsxwriter

_MIB = 1024 * 1024
_BOMB_MIB = 100


def workbook(rows: list[list[object]], *, sheet: str = "槐荫里") -> bytes:
    """A workbook of one sheet."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return content.getvalue()


def other_columns() -> bytes:
    """A workbook about something else."""
    return workbook(
        [["日期", "菜名", "价格"], ["2026-11-01", "红烧肉", 38], ["2026-11-02", "面", 12]]
    )


def bomb() -> bytes:
    """A workbook whose sheet is a thousand times as large unpacked, and nothing."""
    good = workbook([["门牌号", "姓名"], ["1号楼1单元101", "马曦"]])
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good)) as old,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if not part.endswith("sheet1.xml"):
                new.writestr(part, old.read(part))
        with new.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(_BOMB_MIB):
                sheet.write(bytes(_MIB))
    return content.getvalue()


def truncated(content: bytes) -> bytes:
    """The first half of a file."""
    return content[: len(content) // 2]


def in_old_format() -> bytes:
    """The container of an .xls workbook, with the name of its stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "Workbook".encode("utf-16-le")
