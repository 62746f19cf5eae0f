"""Phones: mobiles and landlines, typed as numbers, floats or text in every rhythm."""

import re
from decimal import Decimal

from residents.domain.ledger.cells import Cell, folded, number_text, says_nothing
from residents.domain.ledger.faults import Fault, RowRefused

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[1-9][0-9]{8,10}")
_LOCAL_LANDLINE = re.compile(r"[2-8][0-9]{6,7}")
_TWO_MOBILES = re.compile(r"(1[3-9][0-9]{9})1[3-9][0-9]{9}")
_COUNTRY = re.compile(r"(?:\+|00)?86(?=1[3-9][0-9]{9}|0?[1-9][0-9]{8,10})")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?e\+?[0-9]{1,2}", re.IGNORECASE)
_SPELT_FLOAT = re.compile(r"([0-9]{7,})\.0+")
_NOTES = re.compile(r"\([^()]*[^0-9()\s+-][^()]*\)")
_BETWEEN_PHONES = re.compile(r"[/、;,|\n\r\\&:]|[^\x00-\x7f]+")
_RHYTHM = str.maketrans("", "", " \t-.()'\"\u00a0")


def phone_of(cell: Cell) -> str | None:
    """The digits of a phone, of several the first; None where none is said.

    A mobile has 11 digits, a landline its area code (10 to 12 digits) or is local (7 or 8). A
    country code is left out. Raises: RowRefused (PHONE_INVALID).
    """
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        if _MOBILE.fullmatch(cell) and cell.isascii():
            return cell
        return None if says_nothing(cell) else _of_text(folded(cell))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _checked(number_text(cell)) if cell else None
    raise _invalid()


def _of_text(text: str) -> str | None:
    pieces = (piece.strip() for piece in _BETWEEN_PHONES.split(_NOTES.sub(" ", text)))
    first = next((piece for piece in pieces if any(map(str.isdigit, piece))), None)
    if first is None:
        raise _invalid()
    return _checked(_without_rhythm(first))


def _without_rhythm(piece: str) -> str:
    """A piece of text without the signs between its digits."""
    if _SCIENTIFIC.fullmatch(piece):
        return number_text(float(Decimal(piece)))
    if spelt := _SPELT_FLOAT.fullmatch(piece):
        return spelt[1]
    return piece.translate(_RHYTHM)


def _checked(digits: str) -> str:
    national = _COUNTRY.sub("", digits, count=1) if digits[:1] in "+08" else digits
    if both := _TWO_MOBILES.fullmatch(national):
        return both[1]
    if digits != national and national[:1] not in "01":
        national = f"0{national}"
    if any(known.fullmatch(national) for known in (_MOBILE, _LANDLINE, _LOCAL_LANDLINE)):
        return national
    raise _invalid()


def _invalid() -> RowRefused:
    return RowRefused(
        Fault.PHONE_INVALID, "电话号码无法识别，应为 11 位手机号，或带区号的固定电话。"
    )
