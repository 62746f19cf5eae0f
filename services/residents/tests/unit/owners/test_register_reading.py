"""Registers as people keep them."""

from datetime import date, datetime

import pytest
from residents.domain.ledger.cells import Cell, Merge, SheetCells
from residents.domain.owners.errors import RegisterUnreadable
from residents.domain.owners.owner import OwnerKind
from residents.domain.owners.register_entries import RegisterReading
from residents.domain.owners.register_reading import read_register
from residents.domain.owners.shares import WHOLE, Share

from ...owners_office import HEADER, SPRING, TODAY, number, row

HALF = Share(1, 2)
WANG, LI = number("19800501"), number("19850708")


def read(*rows: list[Cell], merged: list[Merge] | None = None) -> RegisterReading:
    """Under a title, a day and the header: the first row is row 4."""
    head: list[list[Cell]] = [["房屋产权登记表"], ["截至：2026-07-01"], HEADER]
    return read_register([SheetCells("产权登记", [*head, *rows], merged or [])], today=TODAY)


def codes(reading: RegisterReading) -> list[tuple[int, str]]:
    return sorted((each.row, str(each.code)) for each in reading.refused)


def test_a_row_is_an_owner_of_a_dwelling() -> None:
    reading = read(row("1号楼1单元101", "王 建国", "100%", number=WANG, phone=13812345678.0))

    (dwelling,) = reading.dwellings
    (owner,) = dwelling.owners
    assert (reading.as_of, reading.rows_read, reading.refused) == (date(2026, 7, 1), 1, ())
    assert (dwelling.estate, dwelling.door) == (SPRING, ("1", "1", "101"))
    assert (owner.name, owner.identity_number, owner.phone) == ("王建国", WANG, "13812345678")
    assert (owner.share, owner.row, owner.kind) == (WHOLE, 4, OwnerKind.PERSON)
    assert dwelling.registered_on == date(2010, 5, 1)


@pytest.mark.parametrize("door", ["1-1-101", "1#1-101", "１－１－１０１", "1栋1单元101室"])
def test_a_door_may_be_in_any_style(door: str) -> None:
    (dwelling,) = read(row(door, "王建国")).dwellings

    assert dwelling.door == ("1", "1", "101")


def test_merged_cells_and_blanks_go_on_from_above() -> None:
    reading = read(
        row("1-1-101", "王建国", "1/2"),
        row(None, "李秀英", "50%", estate=None),
        row("1-1-102", "赵敏", "共同共有", since="2015年3月2日"),
        row(None, "钱伟", None, estate=None, since=None),
        merged=[Merge(6, 2, 7, 2), Merge(6, 6, 7, 6), Merge(6, 7, 7, 7)],
    )

    assert codes(reading) == []
    halves, joint = reading.dwellings
    assert [owner.share for owner in halves.owners] == [HALF, HALF]
    assert [owner.share for owner in joint.owners] == [None, None]
    assert joint.registered_on == date(2015, 3, 2)


def test_rows_of_a_dwelling_may_stand_apart() -> None:
    reading = read(
        row("1-1-101", "王建国", "1/2"), row("1-1-102", "赵敏"), row("1号楼1单元101", "李秀英", 0.5)
    )

    assert [len(dwelling.owners) for dwelling in reading.dwellings] == [2, 1]


def test_the_day_of_all_owners_is_the_last_of_theirs() -> None:
    reading = read(
        row("1-1-101", "王建国", "1/2", since=datetime(2010, 5, 1)),
        row("1-1-101", "李秀英", "1/2", since="2018.6.1"),
        row("1-1-102", "赵敏", since=None),
    )

    assert [dwelling.registered_on for dwelling in reading.dwellings] == [date(2018, 6, 1), None]


@pytest.mark.parametrize(
    ("name", "note", "number_"),
    [
        ("华泰物业服务有限公司", None, None),
        ("房产管理局", "公司", None),
        ("第三幼儿园", None, "91350100M000100Y43"),
    ],
)
def test_a_company_is_told_from_a_person(name: str, note: str | None, number_: str | None) -> None:
    (dwelling,) = read(row("1-1-101", name, note=note, number=number_)).dwellings

    assert [owner.kind for owner in dwelling.owners] == [OwnerKind.COMPANY]
    assert [owner.identity_number for owner in dwelling.owners] == [number_]


@pytest.mark.parametrize("note", ["不在本小区居住", "现住外地", "异地居住"])
def test_a_note_may_say_that_somebody_lives_elsewhere(note: str) -> None:
    (dwelling,) = read(row("1-1-101", "王建国", note=note)).dwellings

    assert [owner.is_said_elsewhere for owner in dwelling.owners] == [True]


def test_who_is_told_apart_by_number_may_share_a_name() -> None:
    reading = read(
        row("1-1-101", "王建国", "1/2", number=WANG), row("1-1-101", "王建国", "1/2", number=LI)
    )

    assert codes(reading) == []


def test_a_number_said_once_is_known_of_the_same_name_and_phone() -> None:
    reading = read(
        row("1-1-101", "王建国", number=WANG, phone="13812345678"),
        row("1-1-102", "王建国", phone="138-1234-5678"),
        row("1-1-103", "王建国", phone="13900000000"),
    )

    numbers = [dwelling.owners[0].identity_number for dwelling in reading.dwellings]
    assert numbers == [WANG, WANG, None]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (row("1-1-101", "王建国", "3/2"), "OWNER_SHARE_INVALID"),
        (row("1-1-101", "王建国", "120%"), "OWNER_SHARE_INVALID"),
        (row("1-1-101", "王建国", date(2026, 1, 2)), "OWNER_SHARE_INVALID"),
        (row("1-1-101", "王建国", "1/2"), "OWNER_SHARES_DO_NOT_ADD_UP"),
        (row("东边那户", "王建国"), "DOOR_UNREADABLE"),
        (row(None, "王建国"), "DOOR_UNREADABLE"),
        (row("1-1-101", None, "1/1"), "NAME_MISSING"),
        (row("1-1-101", "王建国、李秀英"), "NAME_INVALID"),
        (row("1-1-101", "王建国", number="999999198005010010"), "IDENTITY_NUMBER_INVALID"),
        (row("1-1-101", "王建国", phone="12345"), "PHONE_INVALID"),
        (row("1-1-101", "王建国", since="2010-13-45"), "DATE_INVALID"),
        (row("1-1-101", "王建国", since=date(2026, 12, 1)), "OWNERSHIP_IN_FUTURE"),
    ],
)
def test_a_bad_row_is_listed_and_the_others_stand(bad: list[Cell], code: str) -> None:
    reading = read(bad, row("1-1-102", "赵敏"))

    assert codes(reading) == [(4, code)]
    assert len(reading.dwellings) == 1
    (refused,) = reading.refused
    assert refused.sheet == "产权登记"
    said = [str(cell) for cell in bad[1:] if isinstance(cell, str)]
    assert not any(cell in refused.reason for cell in said)


def test_a_dwelling_is_refused_whole() -> None:
    reading = read(
        row("1-1-101", "王建国", "1/2"),
        row("1-1-101", "李秀英", "1/2", phone="12345"),
        row("1-1-102", "赵敏", "1/3"),
        row("1-1-102", "钱伟", "1/3"),
        row("1-1-103", "孙丽", "1/2"),
        row("1-1-103", "孙丽", "1/2"),
        row("1-1-104", "周杰"),
        row("1-1-104", "吴芳"),
    )

    assert reading.dwellings == ()
    assert codes(reading) == [
        (4, "PHONE_INVALID"),
        (5, "PHONE_INVALID"),
        (6, "OWNER_SHARES_DO_NOT_ADD_UP"),
        (7, "OWNER_SHARES_DO_NOT_ADD_UP"),
        (8, "OWNER_REPEATED"),
        (9, "OWNER_REPEATED"),
        (10, "OWNER_SHARES_DO_NOT_ADD_UP"),
        (11, "OWNER_SHARES_DO_NOT_ADD_UP"),
    ]


def test_subtotals_empty_rows_and_a_repeated_header_are_nobody() -> None:
    reading = read(
        row("1-1-101", "王建国"),
        [None] * 8,
        ["合计", None, "1人", None, None, None, None, None],
        HEADER,
        row("1-1-102", "赵敏"),
    )

    assert (reading.rows_read, len(reading.dwellings), reading.refused) == (2, 2, ())


def test_columns_may_have_other_names_and_another_order() -> None:
    sheet = SheetCells(
        SPRING,
        [
            ["春和苑产权台账"],
            ["共有比例", "权利人姓名", "权利人证件号码", "楼号", "单元", "房号", "取得日期"],
            ["1/2", "王建国", WANG, 1.0, "1单元", 101.0, "20100501"],
            ["1/2", "李秀英", LI, None, None, None, "20100501"],
        ],
    )

    reading = read_register([sheet], today=TODAY)

    (dwelling,) = reading.dwellings
    assert (dwelling.estate, dwelling.door) == (SPRING, ("1", "1", "101"))
    assert [owner.identity_number for owner in dwelling.owners] == [WANG, LI]
    assert reading.as_of == TODAY


def test_a_workbook_without_a_register_is_refused() -> None:
    sheet = SheetCells("居民台账", [["门牌", "姓名", "电话"], ["1-1-101", "王建国", ""]])

    with pytest.raises(RegisterUnreadable):
        read_register([sheet, SheetCells("填表说明", [HEADER])], today=TODAY)
