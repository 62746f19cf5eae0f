"""What a column under a word that nobody knows holds, where that leaves no doubt.

Each rule is given the cells in which something stands, and says whether they are of its field.
"""

import re
from collections.abc import Callable, Iterable, Sequence, Set
from datetime import date
from itertools import groupby
from typing import TypeVar

from residents.domain.ledger.birth_dates import birth_date_of
from residents.domain.ledger.cells import Cell, compact, is_empty, says_nothing
from residents.domain.ledger.doors import door_of
from residents.domain.ledger.faults import RowRefused
from residents.domain.ledger.identity_numbers import birth_date_in, identity_number_of
from residents.domain.ledger.people import says_vacant
from residents.domain.ledger.surnames import SURNAMES

_Value = TypeVar("_Value")

FEWEST_CELLS = 5
_NEARLY_ALL = 0.8
_MOST = 0.6
_HALF = 0.5
_AGE_OF_GROWN_UPS = 18
_YEARS_BETWEEN_GENERATIONS = 20
_IDENTITY_NUMBER = re.compile(r"[1-9]\d{5}(?:19|20)\d{9}[\dX]", re.ASCII)
_MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}", re.ASCII)
_SIGNS = str.maketrans("", "", "-'`\"()+.")
_NAME = re.compile("[\u4e00-\u9fff]{2,4}")
_AREA = re.compile(
    r"(?P<number>\d{1,4}(?P<part>\.\d+)?)(?P<unit>平方米|平方|平米|㎡|m2)?", re.ASCII
)
_SMALLEST_AREA_M2, _LARGEST_AREA_M2 = 10, 1000
_ROOM_WITH_FLOOR = re.compile("[A-Z]?[0-9]{3,4}.?")
_NUMBER_OF_A_DATE = 19_000_101
_NO_NAMES = frozenset(
    [
        "户主",
        "本人",
        "配偶",
        "妻子",
        "丈夫",
        "儿子",
        "女儿",
        "父亲",
        "母亲",
        "父子",
        "父女",
        "母子",
        "母女",
        "祖父",
        "祖母",
        "爷爷",
        "奶奶",
        "外公",
        "外婆",
        "孙子",
        "孙女",
        "外孙",
        "外孙女",
        "儿媳",
        "女婿",
        "兄弟",
        "姐妹",
        "租客",
        "租户",
        "保姆",
        "其他",
        "党员",
        "独居",
        "低保",
        "残疾",
        "退役军人",
        "低保户",
        "残疾人",
        "男性",
        "女性",
        "汉族",
        "满族",
        "回族",
        "自住",
        "出租",
        "已婚",
        "未婚",
        "离异",
        "丧偶",
        "本科",
        "大专",
        "高中",
        "初中",
        "小学",
        "退休",
        "在职",
        "文盲",
        "群众",
        "团员",
        "常住",
        "公公",
        "婆婆",
        "岳父",
        "岳母",
        "哥哥",
        "弟弟",
        "姐姐",
        "妹妹",
        "侄子",
        "侄女",
        "单身",
        "党员户",
        "有车",
        "无车",
    ]
)


def are_doors(cells: Sequence[Cell]) -> bool:
    """Whether nearly all are whole doors: a building, and a unit or a room with its floor."""
    return _share(map(_is_whole_door, cells)) >= _NEARLY_ALL


def are_identity_numbers(cells: Sequence[Cell]) -> bool:
    """Whether nearly all look like numbers of 18 characters, each somebody else's."""
    said = [number for number in map(_joined, cells) if not says_nothing(number)]
    shares = _share(_IDENTITY_NUMBER.fullmatch(number) is not None for number in said)
    return len(said) >= FEWEST_CELLS and shares >= _NEARLY_ALL and _differ(said) >= _NEARLY_ALL


def are_phones(cells: Sequence[Cell]) -> bool:
    """Whether most are mobiles, and not those of a few who are asked for many."""
    said = [number for number in map(_joined, cells) if not says_nothing(number)]
    shares = _share(_MOBILE.fullmatch(number) is not None for number in said)
    return len(said) >= FEWEST_CELLS and shares >= _MOST and _differ(said) >= _HALF


def are_names(cells: Sequence[Cell], vacancy_words: Set[str]) -> bool:
    """Whether nearly all are Chinese names, or say that nobody lives there."""
    words = [compact(cell) for cell in cells]
    vacant = [says_vacant(word) or word in vacancy_words for word in words]
    named = [word for word, nobody in zip(words, vacant, strict=True) if not nobody]
    return (
        len(named) >= FEWEST_CELLS
        and _share(map(_is_name, named)) >= _NEARLY_ALL
        and _differ(named) >= _HALF
    )


def are_areas(cells: Sequence[Cell]) -> bool:
    """Whether nearly all are areas of dwellings, half of them with a fraction or a unit.

    Whole numbers could be ages, numbers or floors. What a home repeats in the next row is one.
    """
    found = [_AREA.fullmatch(compact(cell).lower()) for cell in cells if _is_number_or_text(cell)]
    areas = [
        area
        for area in found
        if area and _SMALLEST_AREA_M2 <= float(area["number"]) <= _LARGEST_AREA_M2
    ]
    plain = sum(bool(area["part"] or area["unit"]) for area in areas)
    told_once = [number for number, _ in groupby(area["number"] for area in areas)]
    return (
        len(areas) >= max(FEWEST_CELLS, _NEARLY_ALL * len(cells))
        and plain >= _HALF * len(areas)
        and len(told_once) > 1
        and _differ(told_once) >= _HALF
    )


def are_birth_dates(pairs: Sequence[tuple[Cell, Cell]], latest: date) -> bool:
    """Whether nearly all are birth dates, each beside the identity number of its row.

    Where numbers stand beside they must say the same days. Where none does, the days must be of
    several generations, half of them of grown-ups.
    """
    days = [(_born(cell, latest), number) for cell, number in pairs]
    born = [day for day, _ in days if day is not None]
    if len(born) < max(FEWEST_CELLS, _NEARLY_ALL * len(days)):
        return False
    both = [(day, by_number) for day, number in days if (by_number := _born_by(number))]
    if len(both) >= FEWEST_CELLS:
        return _share(day == by_number for day, by_number in both) >= _NEARLY_ALL
    years = sorted(day.year for day in born)
    is_of_grown_ups = years[len(years) // 2] <= latest.year - _AGE_OF_GROWN_UPS
    return is_of_grown_ups and years[-1] - years[0] >= _YEARS_BETWEEN_GENERATIONS


def filled(cells: Iterable[Cell]) -> list[Cell]:
    """The cells in which something stands."""
    return [cell for cell in cells if not is_empty(cell)]


def _is_whole_door(cell: Cell) -> bool:
    door = _read(lambda: door_of(cell))
    if door is None:
        return False
    return door.unit is not None or _ROOM_WITH_FLOOR.fullmatch(door.room) is not None


def _is_name(word: str) -> bool:
    is_short = _NAME.fullmatch(word) is not None
    return is_short and word[0] in SURNAMES and word not in _NO_NAMES


def _is_number_or_text(cell: Cell) -> bool:
    return isinstance(cell, str | int | float) and not isinstance(cell, bool)


def _born(cell: Cell, latest: date) -> date | None:
    """A day; a number that is not eight digits could be anything."""
    if isinstance(cell, int | float) and not cell >= _NUMBER_OF_A_DATE:
        return None
    return _read(lambda: birth_date_of(cell, latest=latest))


def _born_by(number: Cell) -> date | None:
    known = _read(lambda: identity_number_of(number))
    return None if known is None else birth_date_in(known)


def _joined(cell: Cell) -> str:
    return compact(cell).translate(_SIGNS).upper()


def _read(rule: Callable[[], _Value | None]) -> _Value | None:
    try:
        return rule()
    except RowRefused:
        return None


def _share(answers: Iterable[bool]) -> float:
    """How many of them are yes, from 0 to 1."""
    said = list(answers)
    return sum(said) / len(said) if said else 0.0


def _differ(words: Sequence[str]) -> float:
    """How many of them are different, from 0 to 1."""
    return len(set(words)) / len(words) if words else 0.0
