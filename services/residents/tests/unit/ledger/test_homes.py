"""Which home a row is of, and which homes count."""

import pytest
from residents.domain.ledger.cells import Cell, Merge

from .sheets import HEADER, doors, names, person, read_rows, read_sheets, refusals, sheet


def test_a_row_without_a_door_lives_with_the_row_above() -> None:
    reading = read_rows(
        person("1-1-101", "马曦", area=80), person(None, "谢志"), person("1-1-102", "于涛")
    )

    assert doors(reading) == [("1", "1", "101"), ("1", "1", "102")]
    assert [one.household for one in reading.people] == [0, 0, 1]


def test_a_door_that_comes_again_is_the_same_home_and_counts_once() -> None:
    reading = read_rows(
        person("1-1-101", "马曦", area=80),
        person("1-1-102", "于涛", area=70),
        person("1号楼1单元101室", "谢志", area=80),
    )

    assert [home.area_cm2 for home in reading.households] == [800_000, 700_000]
    assert [one.household for one in reading.people] == [0, 1, 0]


def test_a_first_row_without_a_door_is_refused() -> None:
    reading = read_rows(person(None, "马曦", relation="子女"), person("1-1-102", "于涛"))

    assert refusals(reading) == [(2, "DOOR_UNREADABLE")]
    assert names(reading) == ["于涛"]


@pytest.mark.parametrize("relation", ["户主", "业主"])
def test_another_head_with_an_area_of_their_own_has_lost_the_door(relation: str) -> None:
    reading = read_rows(
        person("1-1-101", "马曦", area=80, relation="户主"),
        person(None, "谢志", area=60, relation=relation),
        person(None, "于涛", relation="子女"),
        person("1-1-102", "张敏", area=70, relation="户主"),
    )
    summary = reading.summary()

    assert refusals(reading) == [(3, "DOOR_UNREADABLE"), (4, "DOOR_UNREADABLE")]
    assert (summary.households, summary.estates[0].area_cm2) == (3, 2_100_000)


def test_an_area_or_a_head_alone_does_not_begin_another_home() -> None:
    reading = read_rows(
        person("1-1-101", "马曦", area=80, relation="户主"),
        person(None, "谢志", area=80, relation="配偶"),
        person(None, "于涛", relation="业主"),
        person("1-1-102", "张敏", relation="子女"),
        person(None, "高静", area=70, relation="户主"),
    )

    assert (refusals(reading), len(reading.households)) == ([], 2)
    assert [one.household for one in reading.people] == [0, 0, 0, 1, 1]


@pytest.mark.parametrize(("area", "homes"), [(None, 2), (60, 3)])
def test_nobody_goes_on_with_a_vacant_home(area: Cell, homes: int) -> None:
    reading = read_rows(
        person("1-1-101", "马曦"),
        person("1-1-102", "空置"),
        person(None, "谢志", area=area, relation="子女"),
    )
    summary = reading.summary()

    assert refusals(reading) == [(4, "DOOR_UNREADABLE")]
    assert (summary.vacant_households, summary.households) == (1, homes)


@pytest.mark.parametrize("ditto", ["同上", "〃", "″", "”", " 同 上 "])
def test_a_door_as_above_is_that_of_the_row_above(ditto: str) -> None:
    reading = read_rows(person("1-1-101", "马曦"), person(ditto, "谢志"))

    assert (refusals(reading), doors(reading)) == ([], [("1", "1", "101")])


@pytest.mark.parametrize("unknown", ["待核实", "？", "不详", "西头平房"])
def test_a_building_that_is_not_known_does_not_go_on_from_above(unknown: str) -> None:
    header: list[Cell] = ["楼号", "单元", "室号", "面积", "姓名", "电话"]
    reading = read_sheets(
        sheet(
            [1, "-", 101, 80, "马曦", None],
            [None, None, 102, 70, "空置", None],
            [unknown, None, None, 60, "谢志", "13800138000"],
            header=[header],
        )
    )
    summary = reading.summary()

    assert refusals(reading) == [(4, "DOOR_UNREADABLE")]
    assert doors(reading) == [("1", None, "101"), ("1", None, "102")]
    assert (summary.households, summary.vacant_households) == (3, 1)
    assert summary.estates[0].area_cm2 == 2_100_000


def test_after_a_total_nobody_lives_with_the_row_above() -> None:
    reading = read_rows(
        person("1-1-101", "马曦"), person("小 计", "1人"), person(None, "谢志", relation="子女")
    )

    assert refusals(reading) == [(4, "DOOR_UNREADABLE")]


def test_a_member_whose_door_cannot_be_read_is_refused_and_the_home_goes_on() -> None:
    reading = read_rows(
        person("1-1-101", "马曦", area=80, relation="户主"),
        person("西头平房", "谢志", relation="子女"),
        person(None, "于涛", relation="子女"),
    )

    assert refusals(reading) == [(3, "DOOR_UNREADABLE")]
    assert [one.household for one in reading.people] == [0, 0]
    assert reading.summary().households == 1


def test_a_home_whose_door_cannot_be_read_counts_with_its_area_and_takes_nobody() -> None:
    reading = read_rows(
        person("1-1-101", "马曦", area=80, relation="户主"),
        person("西头平房", "谢志", area="50㎡", relation="户主"),
        person(None, "于涛", relation="子女"),
        person("1-1-102", "张敏", area=70, relation="户主"),
    )
    summary = reading.summary()

    assert refusals(reading) == [(3, "DOOR_UNREADABLE"), (4, "DOOR_UNREADABLE")]
    assert (summary.households, summary.residents) == (3, 2)
    assert summary.estates[0].area_cm2 == 2_000_000
    assert doors(reading) == [("1", "1", "101"), ("1", "1", "102")]


def test_the_next_member_with_a_door_tells_whose_home_it_is() -> None:
    reading = read_rows(
        person("西头平房", "谢志", area=50, relation="户主"),
        person("1-1-101", "于涛", relation="子女"),
        person("1-1-102", "张敏", area=70, relation="户主"),
    )

    assert refusals(reading) == [(2, "DOOR_UNREADABLE")]
    assert [home.area_cm2 for home in reading.households] == [500_000, 700_000]
    assert reading.summary().households == 2


def test_every_row_of_a_merged_door_that_cannot_be_read_is_refused() -> None:
    reading = read_rows(
        person("1-1-101", "马曦", relation="户主"),
        person("西头平房", "谢志", area=50, relation="户主"),
        person(None, "于涛", relation="子女"),
        person(None, "张敏", relation="子女"),
        merged=[Merge(3, 1, 5, 1)],
    )

    assert [row for row, _ in refusals(reading)] == [3, 4, 5]
    assert reading.summary().households == 2


def test_a_refused_row_keeps_its_home_and_its_area() -> None:
    reading = read_rows(person("1-1-101", "马曦", area=80, born="1956.13.20"))

    assert refusals(reading) == [(2, "BIRTH_DATE_INVALID")]
    assert (reading.households[0].area_cm2, reading.households[0].is_vacant) == (800_000, False)
    assert reading.people == []


@pytest.mark.parametrize(
    "word",
    [
        "空置",
        "空房",
        "无人",
        "空",
        " 空 置 ",
        "（空置）",
        "空置房",
        "无人居住",
        "闲置",
        "无",
        "/",
        None,
    ],
)
def test_a_vacant_home_is_said_in_many_words(word: Cell) -> None:
    reading = read_rows(person("1-1-101", word, area=80))

    assert [home.is_vacant for home in reading.households] == [True]
    assert (reading.people, reading.refused) == ([], [])
    assert reading.summary().vacant_households == 1


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("空置房在姓名栏填“待售”", "待售"),
        ("3、空置房请在姓名一栏中填写“未出租”；其他房屋如实填写。", "未出租"),
        ("姓名填住户姓名。闲置房屋姓名处注明「空关」或「待租」。", "待租"),
        ('空置房姓名栏填"KZ"', "ＫＺ"),
        ("空置房在姓名栏填待售", "待售"),
    ],
)
def test_the_ledger_says_by_which_word_a_home_is_vacant(line: str, word: str) -> None:
    rows = [person("1-1-101", "马曦"), person("1-1-102", word, area=70)]
    by_instructions = read_sheets(sheet(name="填表说明", header=[[line]]), sheet(*rows))
    by_a_line_above = read_sheets(sheet(*rows, header=[[line], HEADER]))

    for reading in (by_instructions, by_a_line_above):
        assert (names(reading), refusals(reading)) == (["马曦"], [])
        assert [home.is_vacant for home in reading.households] == [False, True]


@pytest.mark.parametrize("word", ["待售", "未出租", "空着"])
def test_a_word_that_is_no_name_makes_a_home_vacant(word: str) -> None:
    reading = read_rows(person("1-1-101", word, area=70))

    assert (names(reading), refusals(reading)) == ([], [])
    assert reading.households[0].is_vacant


def test_vacant_may_stand_where_the_relation_would_be() -> None:
    reading = read_rows(
        person("1-1-101", None, area=70, relation="空置"),
        person("1-1-102", "马曦", relation="空置"),
    )

    assert (names(reading), refusals(reading)) == (["马曦"], [])
    assert [home.is_vacant for home in reading.households] == [True, False]


@pytest.mark.parametrize(
    "line",
    [
        "空置房姓名栏填产权人，如“马曦”",
        "空置房不填姓名，“马曦”为示例",
        "姓名栏填“马曦”。空置房不填",
        "空置房在备注栏填“马曦”",
    ],
)
def test_other_words_in_the_instructions_make_no_home_vacant(line: str) -> None:
    rows = [person("1-1-101", "马曦")]

    assert names(read_sheets(sheet(*rows, header=[[line], HEADER]))) == ["马曦"]


def test_a_home_is_not_vacant_if_another_row_names_somebody() -> None:
    reading = read_rows(person("1-1-101", "空置"), person("1-1-101", "马曦"))

    assert [home.is_vacant for home in reading.households] == [False]


def test_a_vacant_home_without_a_door_is_refused() -> None:
    reading = read_rows(person("1-1-101", "马曦"), person(None, "空置"))

    assert refusals(reading) == [(3, "DOOR_UNREADABLE")]


def test_somebody_in_a_vacant_home_is_refused() -> None:
    header: list[Cell] = ["门牌号", "居住状态", "姓名", "出生日期"]
    reading = read_sheets(
        sheet(
            ["1-1-101", "空置", "马曦", "1960-01-01"],
            ["1-1-102", "空置", "房主某", None],
            header=[header],
        )
    )

    assert refusals(reading) == [(2, "PERSON_IN_VACANT_HOME")]
    assert [home.is_vacant for home in reading.households] == [True, True]


def test_doors_in_three_columns_go_on_from_above_part_by_part() -> None:
    header: list[Cell] = ["楼号", "单元", "房号", "姓名"]
    reading = read_sheets(
        sheet(
            ["1号楼", "1单元", 101, "马曦"],
            [None, None, None, "谢志"],
            [None, None, 102.0, "于涛"],
            [None, 2, "101室", "张敏"],
            ["2", None, 101, "李洋"],
            header=[header],
        )
    )

    assert doors(reading) == [
        ("1", "1", "101"),
        ("1", "1", "102"),
        ("1", "2", "101"),
        ("2", None, "101"),
    ]
    assert [one.household for one in reading.people] == [0, 0, 1, 2, 3]


def test_merged_buildings_and_units_hold_for_each_row() -> None:
    header: list[Cell] = ["楼号", "单元", "房号", "姓名"]
    reading = read_sheets(
        sheet(
            [3, 2, 101, "马曦"],
            [None, None, 102, "谢志"],
            [None, None, 103, "于涛"],
            header=[header],
            merged=[Merge(2, 1, 4, 1), Merge(2, 2, 4, 2)],
        )
    )

    assert doors(reading) == [("3", "2", "101"), ("3", "2", "102"), ("3", "2", "103")]
