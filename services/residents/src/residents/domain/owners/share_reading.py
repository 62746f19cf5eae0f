"""Shares as people write them: 1/2, 50%, 0.5, 二分之一, 单独所有, 共同共有."""

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import msgspec

from residents.domain.ledger.cells import Cell, compact, number_text, says_nothing
from residents.domain.ledger.chinese_numerals import with_arabic_digits
from residents.domain.owners.errors import OwnerShareInvalid
from residents.domain.owners.shares import WHOLE, Share

_JOINT = re.compile("(?:夫妻|家庭)?共同共有|共同所有|不分份额")
_SOLE = re.compile("单独所有|单独|独有|独立所有|全部|全部产权|全额|整套")
_EACH = re.compile("^(?:各占|各|占|份额|产权)+")
_PARTS = re.compile(r"(?P<denominator>[0-9]{1,7})分之(?P<numerator>[0-9]{1,7})")
_FRACTION = re.compile(r"(?P<numerator>[0-9]{1,7})[/⁄∕](?P<denominator>[0-9]{1,7})")
_DECIMAL = re.compile(r"(?P<number>[0-9]{1,7}(?:\.[0-9]{1,12})?)(?P<percent>%?)")
_HUNDRED = 100


class SaidShare(msgspec.Struct, frozen=True):
    """What a cell says of a share.

    Attributes:
        share: None where none is said, and in joint ownership, which has none.
    """

    share: Share | None
    is_joint: bool = False


def share_of(cell: Cell) -> SaidShare:
    """Read one cell. Raises: OwnerShareInvalid, also for what the spreadsheet took for a date."""
    if cell is None or cell == "":
        return SaidShare(None)
    if isinstance(cell, bool | date | datetime):
        raise OwnerShareInvalid
    if isinstance(cell, int | float):
        return SaidShare(Share.exactly(Fraction(_decimal(number_text(float(cell))))))
    if isinstance(cell, str):
        return _of_text(cell)
    raise OwnerShareInvalid


def _of_text(written: str) -> SaidShare:
    text = _EACH.sub("", compact(written).replace("百分之", "100分之"))
    if _JOINT.fullmatch(text):
        return SaidShare(None, is_joint=True)
    if _SOLE.fullmatch(text):
        return SaidShare(WHOLE)
    number = with_arabic_digits(text)
    if parts := _PARTS.fullmatch(number) or _FRACTION.fullmatch(number):
        return SaidShare(Share.of(int(parts["numerator"]), int(parts["denominator"])))
    if decimal := _DECIMAL.fullmatch(number):
        divisor = _HUNDRED if decimal["percent"] else 1
        return SaidShare(Share.exactly(Fraction(_decimal(decimal["number"])) / divisor))
    if says_nothing(written) and "0" not in text:
        return SaidShare(None)
    raise OwnerShareInvalid


def _decimal(text: str) -> Decimal:
    """Never by way of a float: 0.1 is one tenth. Raises: OwnerShareInvalid."""
    number = Decimal(text)
    if not number.is_finite():
        raise OwnerShareInvalid
    return number
