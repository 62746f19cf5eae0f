"""A column under a word that nobody knows is taken for what it plainly holds, and it is told."""

import io
from collections.abc import Sequence
from datetime import date

import msgspec
import pytest
import xlsxwriter
from residents.adapters.ledger.calamine_workbooks import open_workbook
from residents.command_line.ledger_tables import show_inferred
from residents.domain.ledger.cells import Cell, SheetCells
from residents.domain.ledger.entries import InferredColumn
from residents.domain.ledger.header_words import Field
from residents.domain.ledger.reading import LedgerReading, read
from rich.console import Console

from .fixtures import LEDGER
from .sheets import TODAY, names, read_sheets, refusals, sheet

GIVEN = [
    SheetCells(known.name, [list(row) for row in known.rows], list(known.merged))
    for known in open_workbook(LEDGER)
]
HEADER_ROW = 2
COLUMN = {
    Field.DOOR: 1,
    Field.AREA: 2,
    Field.NAME: 4,
    Field.BIRTH_DATE: 6,
    Field.IDENTITY_NUMBER: 7,
    Field.PHONE: 8,
}
HEADER: list[Cell] = ["门牌号", "姓名", "性别"]
NAMES = ["马曦", "谢志", "于涛", "王建国", "李秀英", "欧阳明", "赵敏"]
DAYS = ["1931-04-02", "1948-11-23", "1959-01-30", "1967-08-08", "1980-12-01", "1999-06-17"]
DAYS.append("2015-02-03")


def everything(reading: LedgerReading) -> bytes:
    return msgspec.json.encode(
        [reading.summary(), reading.people, reading.households, reading.unplaced]
    )


def under_other_words(words: dict[Field, str], blank: Sequence[int] = ()) -> list[SheetCells]:
    sheets = [GIVEN[0]]
    for known in GIVEN[1:]:
        rows = [list(row) for row in known.rows]
        for field, word in words.items():
            rows[HEADER_ROW][COLUMN[field]] = word
        for at in blank:
            rows[HEADER_ROW][at] = "旁注"
        sheets.append(SheetCells(known.name, rows, known.merged))
    return sheets


def beside(word: str, cells: Sequence[Cell], header: Sequence[Cell] = HEADER) -> LedgerReading:
    """What is read of seven people with one column more."""
    rows: list[list[Cell]] = [
        [f"1-1-{n}01", name, "男", cell]
        for n, (name, cell) in enumerate(zip(NAMES, cells, strict=True), 1)
    ]
    return read_sheets(sheet(*rows, header=[[*header, word]]))


def taken(reading: LedgerReading) -> list[tuple[str, Field]]:
    return [(column.header, column.field) for column in reading.inferred_columns]


@pytest.mark.parametrize("field", list(COLUMN))
def test_the_given_ledger_under_a_word_that_nobody_knows_is_the_same(field: Field) -> None:
    plain = read(GIVEN, today=TODAY)
    other = read(under_other_words({field: "某某栏"}), today=TODAY)

    assert everything(other) == everything(plain)
    assert plain.inferred_columns == []
    assert [(each.sheet, each.header, each.field) for each in other.inferred_columns] == [
        (known.name, "某某栏", field) for known in GIVEN[1:]
    ]


def test_several_words_that_nobody_knows_are_told_apart() -> None:
    words = {field: f"某{n}栏" for n, field in enumerate(COLUMN)}
    del words[Field.NAME]
    other = read(under_other_words(words), today=TODAY)

    assert everything(other) == everything(read(GIVEN, today=TODAY))
    assert {each.field for each in other.inferred_columns} == words.keys()


@pytest.mark.parametrize(
    "word", ["入住日期", "登记日期", "离开日期", "迁入时间", "购房时间", "入党年月", "更新日"]
)
def test_other_dates_are_no_birth_dates(word: str) -> None:
    reading = beside(word, DAYS)

    assert (taken(reading), {person.birth_date for person in reading.people}) == ([], {None})


def test_dates_are_birth_dates_where_nothing_speaks_against_them() -> None:
    reading = beside("生于", DAYS)

    assert taken(reading) == [("生于", Field.BIRTH_DATE)]
    assert [str(person.birth_date) for person in reading.people] == DAYS


def test_dates_of_one_generation_are_no_birth_dates() -> None:
    assert taken(beside("某日", [f"2019-05-{day:02}" for day in range(1, 8)])) == []


def test_dates_that_identity_numbers_contradict_are_no_birth_dates() -> None:
    sheets = under_other_words({Field.BIRTH_DATE: "某某栏"})
    for known in sheets[1:]:
        for row in list(known.rows)[HEADER_ROW + 1 :]:
            if isinstance(row[6], str | date):
                row[6] = date(1950 + len(str(row[4])) * 7, 5, 1)

    assert read(sheets, today=TODAY).inferred_columns == []


@pytest.mark.parametrize(
    ("word", "cells"),
    [
        ("次序", [11, 12, 13, 14, 15, 16, 17]),
        ("年龄", [95, 78, 67, 59, 46, 27, 11]),
        ("周岁", [95, 78, 67, 59, 46, 27, 11]),
        ("全家", [95, 78, 67, 59, 46, 27, 11]),
        ("人口数", [12, 23, 34, 45, 56, 67, 78]),
        ("楼层", [11, 12, 13, 14, 15, 16, 17]),
        ("物业费", [85.5, 97.25, 101.75, 88.5, 64.25, 120.5, 143.75]),
        ("公摊", [15.5, 17.25, 11.75, 18.5, 14.25, 12.5, 13.75]),
        ("某某", ["88.5", "88.5", "88.5", "88.5", "88.5", "88.5", "88.5"]),
        ("某某", ["88.5", "97.2", "较大", "不明", "约", "64.2", "143.7"]),
    ],
)
def test_other_numbers_are_no_areas(word: str, cells: list[Cell]) -> None:
    reading = beside(word, cells)

    assert (taken(reading), {home.area_cm2 for home in reading.households}) == ([], {None})


@pytest.mark.parametrize(
    "word", ["负责人电话", "网格员手机", "楼长联系方式", "紧急联络", "包保干部"]
)
def test_phones_of_others_are_nobodys(word: str) -> None:
    reading = beside(word, [f"1380013800{n}" for n in range(7)])

    assert (taken(reading), {person.phone for person in reading.people}) == ([], {None})


def test_the_phone_of_one_who_is_asked_for_all_is_nobodys() -> None:
    assert taken(beside("某某", ["13800138000"] * 4 + ["13900139000"] * 3)) == []


def test_phones_are_phones_and_bad_ones_refuse_their_rows() -> None:
    cells: list[Cell] = [
        "138 0013 8000",
        13800138001,
        "13800138002",
        "无",
        "13800138004",
        "12345",
        "13800138006",
    ]
    reading = beside("怎样找到", cells)

    assert taken(reading) == [("怎样找到", Field.PHONE)]
    assert refusals(reading) == [(7, "PHONE_INVALID")]


def test_a_field_that_a_word_tells_is_never_inferred() -> None:
    rows: list[list[Cell]] = [
        [f"1-1-{n}01", name, None, f"1380013800{n}", None, day]
        for n, (name, day) in enumerate(zip(NAMES, DAYS, strict=True), 1)
    ]
    header: list[Cell] = ["门牌号", "姓名", "电话", "某甲", "出生日期", "某乙"]
    reading = read_sheets(sheet(*rows, header=[header]))

    assert taken(reading) == []
    assert {(person.phone, person.birth_date) for person in reading.people} == {(None, None)}


def test_two_columns_that_could_be_it_are_none() -> None:
    rows: list[list[Cell]] = [
        [f"1-1-{n}01", name, f"1380013800{n}", f"1390013900{n}"] for n, name in enumerate(NAMES, 1)
    ]

    assert taken(read_sheets(sheet(*rows, header=[["门牌号", "姓名", "某甲", "某乙"]]))) == []


def test_four_cells_are_too_few() -> None:
    phones: list[Cell] = [*(f"1380013800{n}" for n in range(4)), None, None, None]

    assert taken(beside("某某", phones)) == []


@pytest.mark.parametrize(
    "cells",
    [
        ["户主", "妻子", "儿子", "女儿", "父亲", "母亲", "孙子"],
        ["汉族", "满族", "回族", "苗族", "壮族", "彝族", "白族"],
        ["河南郑州", "山东济南", "湖北武汉", "四川成都", "广东广州", "上海", "重庆"],
    ],
)
def test_other_short_words_are_no_names(cells: list[Cell]) -> None:
    rows: list[list[Cell]] = [
        [f"1-1-{n}01", "男", f"1380013800{n}", cell] for n, cell in enumerate(cells, 1)
    ]
    reading = read_sheets(sheet(*rows, header=[["门牌号", "性别", "电话", "某某"]]))

    assert (names(reading), refusals(reading)) == ([], [(1, "HEADER_NOT_FOUND")])


@pytest.mark.parametrize("word", ["车主", "缴费人", "承租人", "走访对象负责"])
def test_lists_of_others_are_no_ledgers(word: str) -> None:
    rows: list[list[Cell]] = [
        [f"1-1-{n}01", name, f"1380013800{n}"] for n, name in enumerate(NAMES, 1)
    ]
    reading = read_sheets(sheet(*rows, header=[["门牌号", word, "电话"]]))

    assert (reading.people, reading.households, taken(reading)) == ([], [], [])


def test_a_hidden_column_is_never_inferred() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name, options in (("春和苑", {"hidden": True}), ("东风里", {})):
            written = book.add_worksheet(name)
            written.set_column(3, 3, None, None, options)
            written.write_row(0, 0, [*HEADER, "某某"])
            for n, each in enumerate(NAMES, 1):
                written.write_row(n, 0, [f"1-1-{n}01", each, "男", f"1380013800{n}"])
    reading = read(open_workbook(file.getvalue()), today=TODAY)

    assert [(each.sheet, each.field) for each in reading.inferred_columns] == [
        ("东风里", Field.PHONE)
    ]


def test_the_rows_under_the_next_header_say_nothing_of_the_column() -> None:
    first: list[list[Cell]] = [
        [f"1-1-{n}01", name, "男", None, "x"] for n, name in enumerate(NAMES, 1)
    ]
    second: list[list[Cell]] = [
        [f"2-1-{n}01", f"{name}一", "男", None, f"1380013800{n}"] for n, name in enumerate(NAMES, 1)
    ]
    header: list[Cell] = ["门牌号", "姓名", "性别", "关系", "某甲"]
    other: list[Cell] = ["门牌号", "姓名", "性别", "关系", "某乙"]
    reading = read_sheets(sheet(*first, other, *second, header=[header]))

    assert taken(reading) == [("某乙", Field.PHONE)]


def test_a_sheet_of_half_headers_is_read_once() -> None:
    half: list[Cell] = ["姓名", "性别", "电话", "某某"]
    asked = 0

    class Rows:
        def __iter__(self) -> "Rows":
            return self

        def __next__(self) -> list[Cell]:
            nonlocal asked
            asked += 1
            if asked > 1_200:
                raise StopIteration
            return list(half)

    reading = read_sheets(SheetCells("春和苑", Rows()))

    assert (refusals(reading), asked) == ([(1, "HEADER_NOT_FOUND")], 1_201)


@pytest.mark.parametrize("field", list(COLUMN))
def test_the_command_names_each_column_and_what_it_was_taken_for(field: Field) -> None:
    console = Console(file=io.StringIO(), record=True, width=200)
    show_inferred(console, [InferredColumn("春和苑", "某某栏", field)])

    told = console.export_text()
    assert told.startswith("工作表「春和苑」的「某某栏」列按内容识别为")
    assert told.count("\n") == 1
