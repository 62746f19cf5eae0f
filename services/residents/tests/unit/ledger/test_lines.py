"""Lines that are of nobody: titles, kinds, days, totals, remarks."""

from datetime import date, datetime, timedelta

import pytest
from residents.domain.ledger.cells import Cell

from .sheets import HEADER, TODAY, doors, names, person, read_rows, read_sheets, refusals, sheet

SOMEBODY = person("1-1-101", "马曦", born="1960-01-01")


@pytest.mark.parametrize(
    "line",
    [
        ["截至2026年11月1日"],
        ["截至：2026-11-01"],
        ["统计日期 2026.11.1"],
        ["填表人：某某    截止日期：2026/11/1    审核人：某某"],
        ["数据更新时间：20261101"],
        ["截至二〇二六年十一月一日"],
        ["春和苑居民台账（2026年11月1日）"],
        ["截至日期", None, date(2026, 11, 1)],
        ["制表日期：", datetime(2026, 11, 1, 8, 30)],
        ["（截至　２０２６年１１月１日）"],
    ],
)
@pytest.mark.parametrize("is_footer", [False, True])
def test_the_day_of_a_ledger_stands_anywhere(line: list[Cell], *, is_footer: bool) -> None:
    rows = [SOMEBODY, list(line)] if is_footer else [SOMEBODY]
    header = [HEADER] if is_footer else [list(line), HEADER]
    reading = read_sheets(sheet(*rows, header=header))

    assert reading.as_of == date(2026, 11, 1)
    assert (names(reading), reading.refused) == (["马曦"], [])


@pytest.mark.parametrize(
    "line",
    ["出生日期请填写为1959-03-22", "截至2026年13月1日", "联系电话：13800138000", "2026年11月"],
)
def test_a_ledger_without_a_day_is_of_the_day_given(line: str) -> None:
    assert read_sheets(sheet(SOMEBODY, header=[[line], HEADER])).as_of == TODAY


@pytest.mark.parametrize("line", ["截至2026年11月27日", "截至2062-11-01", "2099年1月1日台账"])
def test_no_ledger_is_of_a_day_to_come(line: str) -> None:
    born_then = person("1-1-102", "马晞", born="2026-11-27")
    reading = read_sheets(sheet(SOMEBODY, born_then, header=[[line], HEADER]))

    assert reading.as_of == TODAY
    assert names(reading) == ["马曦"]


def test_no_ledger_is_said_to_be_of_a_day_to_come() -> None:
    day = TODAY + timedelta(days=1)

    assert read_sheets(sheet(SOMEBODY), default_as_of=day).as_of == TODAY
    assert read_sheets(sheet(SOMEBODY), default_as_of=date(2026, 7, 1)).as_of == date(2026, 7, 1)


def test_the_plainest_and_then_the_latest_day_is_taken() -> None:
    reading = read_sheets(
        sheet(header=[["截至2025年1月1日"], ["填表日期：2026-12-01"]], name="填表说明"),
        sheet(SOMEBODY, header=[["截至：2026-11-01"], HEADER]),
    )

    assert reading.as_of == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("born", "elderly"),
    [("1966-11-01", 1), ("1966-11-02", 0), ("1966-10-31", 1), (None, 0)],
)
def test_sixty_is_reached_on_the_birthday(born: str | None, elderly: int) -> None:
    header: list[list[Cell]] = [["截至2026年11月1日"], HEADER]
    reading = read_sheets(sheet(person("1-1-101", "马曦", born=born), header=header))

    assert reading.summary().elderly_60 == elderly


@pytest.mark.parametrize(
    ("as_of", "elderly"), [("2024-02-28", 0), ("2024-02-29", 1), ("2100-02-28", 0)]
)
def test_who_was_born_on_the_29th_of_february(as_of: str, elderly: int) -> None:
    born = "1964-02-29" if elderly or as_of < "2100" else "2040-03-01"
    header: list[list[Cell]] = [[f"截至{as_of.replace('2100', '2099')}"], HEADER]
    rows = sheet(person("1-1-101", "马曦", born=born), header=header)
    reading = read_sheets(rows, today=date(2100, 1, 1))

    assert reading.summary().elderly_60 == elderly


@pytest.mark.parametrize(
    ("name", "lines", "estate"),
    [
        ("春和苑", ["东湖社区居民台账"], "春和苑"),
        ("春和苑居民台账", [], "春和苑"),
        ("1.春和苑（老旧）", [], "春和苑"),
        ("春和苑3号楼", [], "春和苑"),
        ("Sheet1", ["春和苑居民台账"], "春和苑"),
        ("台账", ["东湖街道团结社区春和苑2026年常住人口信息登记表"], "春和苑"),
        ("3号楼", ["春和苑居民花名册"], "春和苑"),
        ("Sheet1", ["居民台账", "小区名称：春和苑   填表人：某某"], "春和苑"),
        ("数据", ["小区：春和苑"], "春和苑"),
        ("信息学院家属院", [], "信息学院家属院"),
        ("泰和居民台账", [], "泰和"),
        ("阳光100", [], "阳光100"),
        ("滨江一号", ["滨江一号居民台账"], "滨江一号"),
        ("御景3号", [], "御景3号"),
        ("Sheet1", ["御景3号居民台账"], "御景3号"),
        ("万科1号院", ["万科1号院居民台账"], "万科1号院"),
        ("春和苑（北区）", ["春和苑（北区）居民台账"], "春和苑（北区）"),
        ("Sheet1", ["春和苑居民台账（２期）"], "春和苑（２期）"),
        ("Sheet1", ["小区名称：春和苑（北区）"], "春和苑（北区）"),
        ("Sheet1", ["春和苑（共120户）居民台账（内部）"], "春和苑"),
        ("Sheet1", ["春和苑3号楼居民台账"], "春和苑"),
        ("Sheet1", [], "Sheet1"),
    ],
)
def test_the_estate_is_named_by_a_line_the_sheet_or_the_title(
    name: str, lines: list[str], estate: str
) -> None:
    above: list[list[Cell]] = [[line] for line in lines]
    reading = read_sheets(sheet(SOMEBODY, name=name, header=[*above, HEADER]))

    assert [known.name for known in reading.estates] == [estate]


@pytest.mark.parametrize(
    ("names_of_sheets", "estates"),
    [
        (["春和苑1号楼", "春和苑2号楼"], ["春和苑"]),
        (["春和苑（北区）", "春和苑（南区）"], ["春和苑（北区）", "春和苑（南区）"]),
        (["春和苑（东）", "春和苑（老旧）", "春和苑（新）"], ["春和苑（东）", "春和苑"]),
        (["御景1号", "御景2号"], ["御景1号", "御景2号"]),
        (["春和苑（北区）", "春和苑(北区)3号楼"], ["春和苑（北区）"]),
    ],
)
def test_sheets_of_buildings_are_one_estate_and_parts_are_several(
    names_of_sheets: list[str], estates: list[str]
) -> None:
    reading = read_sheets(*(sheet(SOMEBODY, name=name) for name in names_of_sheets))

    assert [known.name for known in reading.estates] == estates


@pytest.mark.parametrize(
    ("line", "is_old"),
    [
        ("小区类型：老旧小区    填表人：某某", True),
        ("小区类型： 商品房小区", False),
        ("小区性质：新建小区", False),
        ("是否老旧小区：是", True),
        ("是否老旧小区：否", False),
        ("小区类型：非老旧小区", False),
        ("春和苑（老旧小区）居民台账", True),
        ("填表人：某某", None),
    ],
)
def test_whether_an_estate_is_old_is_said_in_a_line(line: str, *, is_old: bool | None) -> None:
    reading = read_sheets(sheet(SOMEBODY, header=[[line], HEADER]))

    assert [estate.is_old for estate in reading.estates] == [is_old]
    assert reading.summary().estates[0].old is bool(is_old)


def test_each_block_of_a_sheet_has_the_estate_of_its_title() -> None:
    reading = read_sheets(
        sheet(
            SOMEBODY,
            ["合计", None, None, "1人"],
            ["东风里居民台账"],
            ["小区类型：商品房"],
            list(HEADER),
            person("1-1-101", "谢志"),
            header=[["春和苑居民台账"], ["小区类型：老旧小区"], HEADER],
            name="总台账",
        )
    )

    assert [(estate.name, estate.is_old) for estate in reading.estates] == [
        ("春和苑", True),
        ("东风里", False),
    ]
    assert [home.estate for home in reading.households] == ["春和苑", "东风里"]


@pytest.mark.parametrize(
    "row",
    [
        ["小计", None, None, "93人"],
        [None, None, None, "小 计", "93"],
        ["合　计", 1234.5],
        ["总计：2户3人"],
        ["1号楼小计", None, None, "12人"],
        ["共计"],
        ["本页合计", 80.5],
        ["1号楼", None, None, "17人"],
        ["1号楼", 880.5, None, 17],
        ["1号楼", None, None, "5户17人"],
        ["1号楼", None, None, "#VALUE!"],
        ["总人数：", 100],
        ["户数", 2, None, "人数", 3],
        ["总户数", None, None, "18"],
        ["总人数（人）：100"],
        ["共5户17人"],
    ],
)
def test_totals_are_nobody(row: list[Cell]) -> None:
    reading = read_rows(SOMEBODY, row, person("1-1-102", "谢志"))

    assert (names(reading), reading.refused) == (["马曦", "谢志"], [])
    assert len(reading.households) == 2


@pytest.mark.parametrize("tags", ["小计", "共计", "总人数", "与父母共3人"])
def test_who_is_listed_under_the_word_of_a_total_is_somebody(tags: str) -> None:
    reading = read_rows(SOMEBODY, person("1-1-102", "谢志", born="1974-05-10", tags=tags))

    assert (names(reading), reading.refused) == (["马曦", "谢志"], [])


def test_a_number_for_a_name_behind_a_door_is_somebody_whose_name_is_wrong() -> None:
    reading = read_rows(person("1-1-101", "3人"))

    assert refusals(reading) == [(2, "NAME_INVALID")]
    assert doors(reading) == [("1", "1", "101")]


@pytest.mark.parametrize(
    "row",
    [
        [],
        [None] * 9,
        ["  ", "\u3000"],
        ["注：1.空置房填“空置”"],
        [None, None, None, "审核人：某某"],
        ["填表人：某某", None, None, "审核人：某某", None, None, "日期：2026-11-01"],
        ["第 1 页"],
    ],
)
def test_empty_rows_and_remarks_are_nobody(row: list[Cell]) -> None:
    reading = read_rows(SOMEBODY, row, person(None, "谢志"))

    assert (names(reading), reading.refused) == (["马曦", "谢志"], [])
    assert doors(reading) == [("1", "1", "101")]


@pytest.mark.parametrize("name", ["计一", "总计一", "合欢", "买买提·艾力", "㐂一", "〇一"])
def test_odd_names_are_people(name: str) -> None:
    assert names(read_rows(person("1-1-101", name))) == [name]


def test_an_example_below_the_header_is_nobody() -> None:
    header: list[Cell] = ["序号", "门牌号", "姓名"]
    reading = read_sheets(sheet(["例", "1-1-101", "张三"], [1, "1-1-102", "马曦"], header=[header]))

    assert names(reading) == ["马曦"]
