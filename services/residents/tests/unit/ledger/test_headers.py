"""Whatever the order of columns and the words over them, the same is read."""

import random
from collections.abc import Iterator
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from residents.adapters.ledger.calamine_workbooks import open_workbook
from residents.domain.ledger.cells import Cell, Merge, SheetCells
from residents.domain.ledger.header_words import EXACT, Field
from residents.domain.ledger.headers import columns_of, folded_header
from residents.domain.ledger.reading import LedgerReading, read

from .fixtures import LEDGER
from .sheets import doors, names, person, read_sheets, refusals, sheet

GIVEN = [
    SheetCells(known.name, [list(row) for row in known.rows], list(known.merged))
    for known in open_workbook(LEDGER)
]
HEADER_ROW = 2
FIELDS = [
    None,
    Field.DOOR,
    Field.AREA,
    Field.RELATION,
    Field.NAME,
    Field.GENDER,
    Field.BIRTH_DATE,
    Field.IDENTITY_NUMBER,
    Field.PHONE,
    Field.TAGS,
    None,
]
UNKNOWN = [
    "序号",
    "备注",
    "民族",
    "籍贯",
    "户籍地址",
    "工作单位",
    "紧急联系人电话",
    "身份证住址",
    "",
    "出生地",
]


def everything(reading: LedgerReading) -> bytes:
    return msgspec.json.encode([reading.summary(), reading.people, reading.households])


def rearranged(known: SheetCells, chosen: random.Random) -> SheetCells:
    """The same sheet with its columns in another order under other words."""
    order = list(range(len(FIELDS)))
    chosen.shuffle(order)
    rows = [[row[at] for at in order] for row in known.rows]
    unknown = iter(chosen.sample(UNKNOWN, len(UNKNOWN)))
    rows[HEADER_ROW] = [_word(FIELDS[at], chosen, unknown) for at in order]
    moved = [
        Merge(m.first_row, order.index(m.first_column - 1) + 1, m.last_row, 0) for m in known.merged
    ]
    return SheetCells(known.name, rows, moved)


def _word(field: Field | None, chosen: random.Random, unknown: Iterator[str]) -> str:
    if field is None:
        return next(unknown)
    word = chosen.choice(EXACT[field])
    decorated = (word, f" {word} ", f"*{word}", f"{word}（必填）", "\n".join(word), f"{word}：")
    return chosen.choice(decorated)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_the_given_ledger_rearranged_is_the_same_ledger(seed: int) -> None:
    chosen = random.Random(seed)  # noqa: S311
    today = date(2026, 11, 26)
    sheets = [GIVEN[0], *(rearranged(known, chosen) for known in GIVEN[1:])]

    assert everything(read(sheets, today=today)) == everything(read(GIVEN, today=today))


def test_no_word_stands_for_two_fields() -> None:
    words = [word for known in EXACT.values() for word in known]

    assert len(words) == len(set(words))
    assert [word for word in words if folded_header(word) != word] == []


@pytest.mark.parametrize(
    ("headers", "field", "column"),
    [
        (["门牌号", "户主姓名", "居民姓名"], Field.NAME, 2),
        (["门牌号", "姓名", "监护人姓名"], Field.NAME, 1),
        (["门牌号", "户主姓名", "户主电话"], Field.NAME, 1),
        (["姓名", "户籍地址", "现居住地址"], Field.DOOR, 2),
        (["姓名", "房号"], Field.DOOR, 1),
        (["姓名", "楼栋", "门牌号"], Field.ROOM, 2),
        (["姓名", "门牌号", "紧急联系电话", "本人手机号"], Field.PHONE, 3),
        (["姓名", "门牌号", "公摊面积", "房产证面积"], Field.AREA, 3),
        (["姓名", "门牌号", "身份证地址", "第二代身份证号"], Field.IDENTITY_NUMBER, 3),
    ],
)
def test_the_more_exact_of_two_columns_is_taken(
    headers: list[str], field: Field, column: int
) -> None:
    assert columns_of([folded_header(header) for header in headers]).of[field] == column


def test_a_header_of_two_rows_is_read_as_one() -> None:
    upper: list[Cell] = ["序号", "房屋信息", None, None, "居民信息", None, "联系"]
    lower: list[Cell] = [None, "楼号", "单元", "房号", "姓名", "出生日期", "电话"]
    reading = read_sheets(
        sheet([1, 1, 1, 101, "马曦", "1960-01-01", 13800138000], header=[upper, lower])
    )

    assert doors(reading) == [("1", "1", "101")]
    assert reading.people[0].phone == "13800138000"


def test_a_header_that_comes_again_is_nobody() -> None:
    header: list[Cell] = ["门牌号", "姓 名", "性别", "出生日期"]
    reading = read_sheets(
        sheet(
            ["1-1-101", "马曦", "男", None],
            list(header),
            [None, "谢志", "女", None],
            header=[header],
        )
    )

    assert (names(reading), reading.refused) == (["马曦", "谢志"], [])
    assert [one.household for one in reading.people] == [0, 0]


def test_another_header_in_the_midst_changes_the_columns() -> None:
    reading = read_sheets(
        sheet(
            ["1-1-101", "马曦", "男", None],
            ["姓名", "性别", "电话", "门牌号"],
            ["谢志", "女", None, "1-1-102"],
            header=[["门牌号", "姓名", "性别", "电话"]],
        )
    )

    assert (names(reading), doors(reading)) == (
        ["马曦", "谢志"],
        [("1", "1", "101"), ("1", "1", "102")],
    )


def test_columns_of_ticks_are_tags() -> None:
    header: list[Cell] = ["门牌号", "姓名", "人员类别", "是否党员", "独居", "残疾人"]
    reading = read_sheets(
        sheet(["1-1-101", "马曦", "低保户、中共党员", "是", "√", "否"], header=[header])
    )

    assert reading.people[0].tags == ("低保", "党员", "独居")


def test_people_without_a_header_are_one_refused_row() -> None:
    row: list[Cell] = ["1-1-101", "马曦", "男", "13800138000"]
    reading = read_sheets(sheet(row, row, header=[]))

    assert refusals(reading) == [(1, "HEADER_NOT_FOUND")]
    assert (reading.people, reading.households) == ([], [])


@pytest.mark.parametrize(
    "header", [["姓名", "性别", "电话", "身份证号"], ["门牌号", "性别", "电话", "身份证号"]]
)
def test_a_header_without_names_or_doors_is_refused(header: list[Cell]) -> None:
    reading = read_sheets(sheet(["x", "男", "13800138000", None], header=[["居民台账"], header]))

    assert refusals(reading) == [(2, "HEADER_NOT_FOUND")]


def test_a_sheet_of_something_else_is_skipped_with_a_reason() -> None:
    reading = read_sheets(
        sheet(["1", 120, 300], header=[["楼栋", "户数", "人数"]], name="汇总"),
        sheet(person("1-1-101", "马曦")),
        sheet(person("1-1-101", "谢志"), name="备份", is_hidden=True),
    )

    assert [(skipped.sheet, skipped.reason) for skipped in reading.skipped_sheets] == [
        ("汇总", "没有居民信息。"),
        ("备份", "工作表已隐藏，未读取。"),
    ]
    assert names(reading) == ["马曦"]


@pytest.mark.parametrize("column", ["楼栋号", "坐落", "居住房间", "房号室号", "所住房号"])
def test_a_column_of_whole_doors_has_many_names(column: str) -> None:
    header: list[Cell] = [column, "建筑面积", "与户主关系", "人名"]
    reading = read_sheets(sheet(["1-1-101", 80, "户主", "马曦"], header=[header]))

    assert (names(reading), doors(reading)) == (["马曦"], [("1", "1", "101")])


def test_a_list_of_those_who_care_for_buildings_is_no_ledger() -> None:
    header: list[Cell] = ["楼栋号", "姓名", "备注"]
    reading = read_sheets(sheet(["1号楼", "马曦", None], header=[header]))

    assert (reading.people, reading.summary().households) == ([], 0)


def test_a_row_of_somebody_is_no_second_line_of_a_header() -> None:
    header: list[Cell] = ["序号", "门牌号", "关系", "何人", "手机号码"]
    rows: list[list[Cell]] = [
        [1, "1-1-101", "户主", "马曦", "13800138000"],
        ["2", "1-1-102", "户主", "谢志", "无"],
    ]
    reading = read_sheets(sheet(*rows, header=[header]), sheet(rows[1], header=[header]))

    assert [row.code for row in reading.refused] == ["HEADER_NOT_FOUND"] * 2
    assert reading.summary().households == 0


def test_doors_under_a_header_that_nobody_knows_are_told() -> None:
    lines: list[list[Cell]] = [["东风里居民台账"], ["小区类型：老旧小区"], ["a", "b", "c"]]
    reading = read_sheets(sheet(["1-1-101", 50, "张三"], header=lines))

    assert refusals(reading) == [(4, "HEADER_NOT_FOUND")]
