"""What formulas come to, computed by Excel or by nobody."""

import io
from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
from residents.adapters.ledger.constant_formulas import constant_in

from .test_workbooks import read_workbook, sheet_of


def not_computed(*rows: list[str | None]) -> bytes:
    """A workbook as a program writes it that computes nothing; a formula begins with "="."""
    return sheet_of(
        "".join(f"<row>{''.join(_cells(row, at))}</row>" for at, row in enumerate(rows, 1))
    )


def _cells(row: list[str | None], number: int) -> Iterator[str]:
    for column, cell in zip("ABCDEF", row, strict=False):
        if cell is None:
            continue
        if cell.startswith("="):
            yield f'<c r="{column}{number}"><f>{escape(cell[1:])}</f><v /></c>'
        else:
            yield f'<c r="{column}{number}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'


def test_formulas_that_nobody_computed_are_computed_or_told() -> None:
    sheet = not_computed(
        ["门牌号", "姓名", "建筑面积", "电话", "出生日期", "身份证号"],
        ["1-1-101", "马曦", "=88.06+0", '="13800138000"', "=MID(F2,7,8)", "999999196502019226"],
        ["1-1-102", "空置", "=(100.5-0.5)/2", None, "=MID(F3,7,8)", None],
        ["1-1-103", "谢志", "=C2", None, None, None],
        ["1-1-104", "于涛", "=ROUND(1,2)", None, None, None],
        ["合计", "=COUNTA(B2:B4)", "=SUM(C2:C4)", None, None, None],
    )
    reading = read_workbook(sheet)

    assert [home.area_cm2 for home in reading.households] == [880_600, 500_000, None, None]
    assert [(row.row, row.code) for row in reading.refused] == [
        (4, "FORMULA_ERROR"),
        (5, "FORMULA_ERROR"),
    ]
    assert [(one.name, one.phone, one.birth_date) for one in reading.people] == [
        ("马曦", "13800138000", date(1965, 2, 1))
    ]
    assert [home.is_vacant for home in reading.households] == [False, True, False, False]


def test_a_formula_of_constants_needs_no_last_value() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("春和苑")
    sheet.write_row(0, 0, ["门牌号", "姓名", "建筑面积"])
    sheet.write_row(1, 0, ["1-1-101", "马曦"])
    sheet.write_formula(1, 2, "=40+40.5", None, 0)
    book.close()

    assert read_workbook(file.getvalue()).households[0].area_cm2 == 805_000


def test_a_formula_that_came_to_an_empty_text_is_an_empty_cell() -> None:
    inline = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
    words = {"A1": "门牌号", "B1": "姓名", "C1": "电话", "A2": "1-1-101", "B2": "马曦"}
    first, second = (
        "".join(inline.format(at, word) for at, word in words.items() if at[1] == row)
        for row in "12"
    )
    formula = '<c r="C2" t="str"><f>IF(B2="","?","")</f><v></v></c>'
    reading = read_workbook(sheet_of(f"<row>{first}</row><row>{second}{formula}</row>"))

    assert (reading.refused, [one.name for one in reading.people]) == ([], ["马曦"])


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("88.06+0", 88.06),
        ("-(2*3) / 4", -1.5),
        ('"a""b"', 'a"b'),
        ("2**99", None),
        ("1/0", None),
        ("007", None),
        ("1e9", None),
        ("(" * 100, None),
        ("1()", None),
        ("A1+1", None),
        ("", None),
    ],
)
def test_a_formula_of_constants_is_what_it_says(formula: str, value: float | str | None) -> None:
    assert constant_in(formula) == value
