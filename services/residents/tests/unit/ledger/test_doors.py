"""A door is the same door in every style that people write."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from residents.domain.ledger.doors import door_of
from residents.domain.ledger.faults import RowRefused

from .writing_styles import CHINESE_DOOR_STYLES, DOOR_STYLES

UNITS = st.integers(1, 12).map(str)
ROOMS = st.builds(lambda floor, flat: f"{floor}{flat:02}", st.integers(1, 33), st.integers(1, 12))
PLAIN = st.integers(1, 99).map(str)
BUILDINGS = st.one_of(PLAIN, PLAIN.map("甲{}".format), st.sampled_from(["A", "B", "C2", "3A"]))


@settings(deadline=None)
@given(building=BUILDINGS, unit=UNITS, room=ROOMS, style=st.sampled_from(sorted(DOOR_STYLES)))
def test_every_style_is_read(building: str, unit: str, room: str, style: str) -> None:
    written = DOOR_STYLES[style]((building, unit, room))

    assert door_of(written) == (building, unit, room)


@settings(deadline=None)
@given(building=PLAIN, unit=UNITS, room=ROOMS, style=st.sampled_from(sorted(CHINESE_DOOR_STYLES)))
def test_chinese_numerals_are_read(building: str, unit: str, room: str, style: str) -> None:
    written = CHINESE_DOOR_STYLES[style]((building, unit, room))

    assert door_of(written) == (building, unit, room)


@pytest.mark.parametrize(
    "written", ["1-101", "1#101", "1号楼101", "1栋101室", "１－１０１", "1座 101", "一号楼101室"]
)
def test_a_building_may_have_no_units(written: str) -> None:
    assert door_of(written) == ("1", None, "101")


@pytest.mark.parametrize(
    ("written", "door"),
    [
        ("甲3号楼2单元501", ("甲3", "2", "501")),
        ("A座1203", ("A", None, "1203")),
        ("3号楼2-501", ("3", "2", "501")),
        ("1-2-B01", ("1", "2", "B01")),
        ("1-2-101甲", ("1", "2", "101甲")),
        ("12号101室", ("12", None, "101")),
        ("1~2~301", ("1", "2", "301")),
        ("1_2_301", ("1", "2", "301")),
        ("１～２～３０１", ("1", "2", "301")),
    ],
)
def test_odd_doors_are_read(written: str, door: tuple[str, str | None, str]) -> None:
    assert door_of(written) == door


@pytest.mark.parametrize("written", ["春和苑1号楼2单元301", "春和苑小区1-2-301", "春和苑 1-2-301"])
def test_the_estate_before_a_door_is_no_part_of_it(written: str) -> None:
    assert door_of(written, estate="春和苑") == ("1", "2", "301")


@pytest.mark.parametrize(
    ("written", "estate"),
    [
        ("东湖街道幸福路12号春和苑1号楼2单元301", "春和苑"),
        ("春和苑（北区）1-2-301", "春和苑（北区）"),
        ("春和苑1-2-301", "春和苑（北区）"),
        ("1-2-301", "1"),
        ("一号楼2单元301", "一号"),
        ("御景3号1-2-301", "御景3号"),
    ],
)
def test_the_way_to_an_estate_and_its_name_are_no_part_of_a_door(written: str, estate: str) -> None:
    assert door_of(written, estate=estate) == ("1", "2", "301")


def test_a_door_of_another_estate_is_not_read() -> None:
    with pytest.raises(RowRefused):
        door_of("东风里1号楼2单元301", estate="春和苑")


@pytest.mark.parametrize(
    "written",
    [
        *(
            "西头平房",
            "101",
            "1单元101",
            "门卫室",
            "1-1-",
            "0-1-101",
            "1-1-0",
            "1-1-101-2",
            "1-1-10001",
        ),
        *(
            "1-1-101/102",
            "底商",
            "18563414839",
            "1956.13.20",
            "楼",
            "#REF!",
            "1号楼",
            101,
            1.5,
            True,
        ),
    ],
)
def test_what_is_no_door_is_refused(written: object) -> None:
    with pytest.raises(RowRefused) as refused:
        door_of(written)  # type: ignore[arg-type]

    assert refused.value.fault == "DOOR_UNREADABLE"


@pytest.mark.parametrize("written", [None, "", "  ", "\u3000"])
def test_a_blank_door_is_none(written: str | None) -> None:
    assert door_of(written) is None
