"""What a sheet is made of, and one spelling for what people type in so many."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

Cell = str | int | float | bool | date | datetime | time | timedelta | None
"""A value as the workbook gives it; of a formula the value that was last computed."""

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−ー─━﹣﹘⁃_~"), "-")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), None)
_TYPED = {**_DASHES, **_INVISIBLE}
_SAME_WORDS_NEARBY = 4_096
_LONGEST_TEXT = 500
"""Of a cell no more is looked at: nothing that a ledger says of somebody is longer."""


class Merge(NamedTuple):
    """Cells that are one: rows and columns from 1, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One visible sheet.

    Attributes:
        rows: from row 1, empty ones too, so that the n-th is Excel's row n; read once.
        merged: in any order.
        is_hidden: a sheet that people do not see is not read.
        hidden_columns: counted from 0; they are read by the words over them alone.
    """

    name: str
    rows: Iterable[list[Cell]]
    merged: Iterable[Merge] = ()
    is_hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()


def folded(cell: Cell) -> str:
    """A cell as text: half-width, every dash "-", nothing around it; "" for an empty one."""
    if isinstance(cell, str):
        text = cell if len(cell) <= _LONGEST_TEXT else cell[:_LONGEST_TEXT]
        return text.strip() if text.isascii() else _folded(text)
    if cell is None:
        return ""
    if isinstance(cell, float):
        return number_text(cell)
    return str(cell)


def compact(cell: Cell) -> str:
    """A cell as folded text without any space."""
    return _compact(cell) if isinstance(cell, str) else folded(cell)


@lru_cache(maxsize=_SAME_WORDS_NEARBY)
def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_TYPED).strip()


@lru_cache(maxsize=_SAME_WORDS_NEARBY)
def _compact(text: str) -> str:
    return "".join(folded(text).split())


def number_text(number: float) -> str:
    """A number as a person would type it: 101.0 is 101, 1.3e10 is 13000000000."""
    if isinstance(number, int) or number.is_integer():
        return str(int(number))
    return format(Decimal(repr(number)), "f") if number - number == 0 else str(number)


def is_empty(cell: Cell) -> bool:
    """Whether nothing is in it, spaces not counted."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


NOTHING_SAID = frozenset(
    (
        *("无", "没", "没有", "空", "暂无", "未知", "不详", "不明", "不清楚", "未填", "未留"),
        *("未登记", "未提供", "不提供", "拒绝", "拒绝提供", "待补", "待核实", "待登记"),
        *("无电话", "无手机", "无号码", "无联系方式", "无身份证", "同上", "同户主"),
        *("n/a", "na", "null", "none", "nil"),
    )
) | {"", "0", "x"}
"""What stands in a cell for "there is none", without strokes and dots around it."""
_STROKES = "-/\\.*?·、。"


def says_nothing(cell: Cell) -> bool:
    """Whether a cell is empty or says that there is none."""
    if cell is None:
        return True
    return _is_word_for_nothing(cell if isinstance(cell, str) else folded(cell))


@lru_cache(maxsize=_SAME_WORDS_NEARBY)
def _is_word_for_nothing(text: str) -> bool:
    return compact(text).lower().strip(_STROKES) in NOTHING_SAID


_ERRORS = frozenset(
    (
        *("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"),
        *("#SPILL!", "#CALC!", "#GETTING_DATA"),
    )
)


def is_formula_error(cell: Cell) -> bool:
    """Whether a formula came to nothing here."""
    return isinstance(cell, str) and cell.startswith("#") and cell.strip().upper() in _ERRORS
