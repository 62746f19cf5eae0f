"""Doors in the styles that people write: 1-1-101, 1#1-101, 1号楼1单元101, 甲3栋501室, A座1203."""

import re
from functools import lru_cache
from typing import NamedTuple

from residents.domain.ledger.cells import Cell, folded
from residents.domain.ledger.chinese_numerals import with_arabic_digits
from residents.domain.ledger.faults import Fault, RowRefused

_SAME_DOORS_NEARBY = 4096
_SEPARATORS = re.compile(r"\s*[-_~/\\.,、|:;]+\s*")
_GAP_BETWEEN_NUMBERS = re.compile(r"(?<=[0-9A-Z])\s+(?=[0-9A-Z])")
_NOTES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_LEADING_ZEROS = re.compile(r"(?<![0-9A-Z])0+(?=[0-9])")

_BUILDING = (
    "(?:[甲乙丙丁戊己庚辛东西南北中前后]?[0-9]{1,3}[A-Z甲乙丙丁]?|[A-Z][0-9]{0,3}"
    "|[甲乙丙丁戊己庚辛])"
)
_BUILDING_WORD = (
    "(?:号住宅楼|号居民楼|号公寓楼|号公寓|号楼栋|号楼|#楼|号栋|号幢|号座|栋楼|楼栋|号|栋|幢|座|楼"
    "|#)"
)
_UNIT = "(?:[0-9]{1,2}|[A-Z]|[甲乙丙丁东西南北中])"
_UNIT_WORD = "(?:号单元|#单元|单元|门洞|门栋|号门|门|梯|#)"
_ROOM = "[A-Z]?[0-9]{1,4}[A-Z甲乙丙丁东西南北中]?"
_DOOR = re.compile(
    f"第?(?P<building>{_BUILDING})(?:{_BUILDING_WORD}-?|-)"
    f"(?:第?(?P<unit>{_UNIT})(?:{_UNIT_WORD}-?|-))?"
    "(?:[0-9]{1,2}层-?)?"
    f"(?P<room>{_ROOM})(?:号室|号房|室|号|户|房)?"
)
_IS_A_NUMBER_ABOVE_ZERO = re.compile("[A-Z]?0+[A-Z甲乙丙丁]?")


class Door(NamedTuple):
    """Where a household lives within an estate; `unit` is None where buildings have none."""

    building: str
    unit: str | None
    room: str


def door_of(cell: Cell, *, estate: str = "") -> Door | None:
    """The door a cell names, None for an empty cell. Raises: RowRefused (DOOR_UNREADABLE)."""
    if not isinstance(cell, str):
        if cell is None:
            return None
        raise unreadable()
    return _door(cell, estate)


def unreadable() -> RowRefused:
    """The refusal of a door that is in no style known here."""
    return RowRefused(Fault.DOOR_UNREADABLE, "门牌号无法识别，应类似“1号楼2单元301”或“1-2-301”。")


@lru_cache(maxsize=_SAME_DOORS_NEARBY)
def _door(written: str, estate: str) -> Door | None:
    text = folded(written).upper()
    if not text:
        return None
    found = _found_in(text) or _found_in(_behind(folded(estate).upper(), text))
    if found is None:
        raise unreadable()
    door = Door(found["building"], found["unit"], found["room"])
    if any(part and _IS_A_NUMBER_ABOVE_ZERO.fullmatch(part) for part in door):
        raise unreadable()
    return door


def _found_in(text: str) -> re.Match[str] | None:
    return _DOOR.fullmatch(_canonical(text)) if text else None


def _behind(estate: str, text: str) -> str:
    """What follows the name of the estate, with or without the part of it that brackets tell."""
    for name in (estate, _NOTES.sub("", estate)):
        if name and name in text:
            return text.partition(name)[2].removeprefix("小区")
    return ""


def _canonical(text: str) -> str:
    """Without notes and spaces, each separator one dash, each number in digits without zeros."""
    text = _NOTES.sub("", text).strip()
    text = _SEPARATORS.sub("-", text)
    text = _GAP_BETWEEN_NUMBERS.sub("-", text)
    text = with_arabic_digits("".join(text.split()))
    return _LEADING_ZEROS.sub("", text)
