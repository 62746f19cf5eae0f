"""Identity numbers of residents: 18 characters with a check digit (GB 11643-1999)."""

import re
from datetime import date
from operator import mul

from residents.domain.ledger.cells import Cell, compact, says_nothing
from residents.domain.ledger.faults import Fault, RowRefused

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_WRITTEN = re.compile("[0-9]{17}[0-9X]")
_WRITTEN_BEFORE_1999 = re.compile("[0-9]{15}")
_ALL_DIGITS_OF_A_NUMBER_CELL = 15
"""Excel keeps 15 digits of a number; of an 18-digit number typed as one the end is lost."""


def identity_number_of(cell: Cell) -> str | None:
    """The 18 characters, the last perhaps "X"; None where none is said.

    A number of 15 digits, as given until 1999, becomes its own number of 18. Its region need not
    exist; its birth date and its check digit must be right.
    Raises: RowRefused (IDENTITY_NUMBER_INVALID).
    """
    if cell is None or cell == "":
        return None
    text = cell if isinstance(cell, str) else _of_number(cell)
    number = text.strip("'`‘’\"").upper() if text.isascii() else _folded(text)
    if not _WRITTEN.fullmatch(number):
        if says_nothing(text):
            return None
        number = _renewed(_folded(text))
    if check_digit(number) != number[17] or birth_date_in(number) is None:
        raise _invalid()
    return number


def check_digit(number: str) -> str:
    """What the eighteenth character of a number must be, by its first seventeen."""
    total = sum(map(mul, map(int, number[:17]), _WEIGHTS))
    return _CHECK_DIGITS[total % 11]


def birth_date_in(number: str) -> date | None:
    """The birth date in a number of 18 characters, None if there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def is_mans(number: str) -> bool:
    """Whether a number of 18 characters is a man's."""
    return int(number[16]) % 2 == 1


def _folded(text: str) -> str:
    return compact(text).replace("-", "").strip("'`‘’\"").upper()


def _of_number(cell: Cell) -> str:
    if isinstance(cell, bool) or not isinstance(cell, int | float) or cell - cell != 0:
        raise _invalid()
    if len(digits := str(int(cell))) > _ALL_DIGITS_OF_A_NUMBER_CELL:
        raise _invalid()
    return digits


def _renewed(number: str) -> str:
    """A number of 18 characters of what is one, or was one before 1999."""
    if _WRITTEN.fullmatch(number):
        return number
    if not _WRITTEN_BEFORE_1999.fullmatch(number):
        raise _invalid()
    first = f"{number[:6]}19{number[6:]}"
    return first + check_digit(first)


def _invalid() -> RowRefused:
    return RowRefused(
        Fault.IDENTITY_NUMBER_INVALID, "身份证号不正确：位数、出生日期或校验码有误，请核对。"
    )
