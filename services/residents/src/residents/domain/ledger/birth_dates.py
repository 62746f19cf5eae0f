"""Birth dates: as cells, as Excel's day numbers, and in the forms that people write."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from residents.domain.ledger.cells import Cell, compact, says_nothing
from residents.domain.ledger.chinese_numerals import with_arabic_digits
from residents.domain.ledger.faults import Fault, RowRefused

_SAME_DATES_NEARBY = 65_536
_FIRST_YEAR = 1900
_DAY_ZERO = date(1899, 12, 30)
"""Excel's day 0, right from March 1900 on: Excel believes in a 29 February 1900."""
_LAST_DAY_NUMBER = 109_574
"""The last day of 2199."""
_WRITTEN = re.compile(
    r"(?P<year>[0-9]{4})(?:年|[-./,、\\])(?P<month>[0-9]{1,2})(?:月|[-./,、\\])(?P<day>[0-9]{1,2})[日号]?(?:出生|生)?"
    r"(?:[T]?0{1,2}:00(?::00(?:\.0+)?)?)?"
)
_EIGHT_DIGITS = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")


def birth_date_of(cell: Cell, *, latest: date) -> date | None:
    """The day somebody was born, None where none is said.

    Only a full day counts: a month without its day and a year of two digits are refused, and so
    is a day before 1900 or after `latest`. Raises: RowRefused (BIRTH_DATE_INVALID).
    """
    if cell is None or cell == "":
        return None
    born = _of_text(cell) if isinstance(cell, str) else _of_value(cell)
    if born is not None and not (born.year >= _FIRST_YEAR and born <= latest):
        raise _invalid()
    return born


def _of_value(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return _shared(cell.date())
    if isinstance(cell, date):
        return _shared(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell - cell == 0:
        return _of_number(int(cell))
    raise _invalid()


def _of_number(number: int) -> date:
    """Eight digits are a date typed as a number, five are Excel's number of the day."""
    if 0 < number <= _LAST_DAY_NUMBER:
        return _shared(_DAY_ZERO + timedelta(days=number))
    born = _of_text(str(number))
    if born is None:
        raise _invalid()
    return born


@lru_cache(maxsize=_SAME_DATES_NEARBY)
def _shared(day: date) -> date:
    """One object for each day: a million people share some forty thousand."""
    return day


@lru_cache(maxsize=_SAME_DATES_NEARBY)
def _of_text(written: str) -> date | None:
    if says_nothing(written):
        return None
    text = with_arabic_digits(compact(written).strip("'"))
    found = _EIGHT_DIGITS.fullmatch(text) or _WRITTEN.fullmatch(text)
    if found is None:
        raise _invalid()
    try:
        return _shared(date(int(found["year"]), int(found["month"]), int(found["day"])))
    except ValueError:
        raise _invalid() from None


def _invalid() -> RowRefused:
    return RowRefused(
        Fault.BIRTH_DATE_INVALID,
        "出生日期无法识别或不存在，应写明年、月、日，例如 1960-05-01。",
    )
