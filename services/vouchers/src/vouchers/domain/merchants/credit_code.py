"""The unified social credit code of a business (GB 32100-2015)."""

import re
import unicodedata

from vouchers.domain.merchants.errors import CreditCodeInvalid

_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 signs of the code, in the order of their values: letters that look like digits are out."""

_SHAPE = re.compile(rf"[{_DIGITS}]{{2}}[0-9]{{6}}[{_DIGITS}]{{10}}")
_CHECKED = 17
_WEIGHTS = tuple(pow(3, place, len(_DIGITS)) for place in range(_CHECKED))


def checked_credit_code(typed: str) -> str:
    """The code as it is written: upper case, no spaces. Raises: CreditCodeInvalid."""
    code = "".join(unicodedata.normalize("NFKC", typed).split()).upper()
    if not _SHAPE.fullmatch(code) or code[_CHECKED] != check_character(code):
        raise CreditCodeInvalid
    return code


def check_character(code: str) -> str:
    """What the eighteenth character must be, by the seventeen before it."""
    total = sum(_DIGITS.index(sign) * weight for sign, weight in zip(code, _WEIGHTS, strict=False))
    return _DIGITS[-total % len(_DIGITS)]
