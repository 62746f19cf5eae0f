"""Numbers written with Chinese numerals: 三, 十二, 二十一, 五〇一, 一百零二."""

import re

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
}
_WEIGHTS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile("[零〇○一二两三四五六七八九十百千]+")


def with_arabic_digits(text: str) -> str:
    """The text with every Chinese numeral in it as digits."""
    return _NUMERAL.sub(lambda found: _digits(found.group()), text)


def _digits(numeral: str) -> str:
    if not any(character in _WEIGHTS for character in numeral):
        return "".join(str(_DIGITS[character]) for character in numeral)
    total = pending = 0
    for character in numeral:
        if character in _WEIGHTS:
            total += (pending or 1) * _WEIGHTS[character]
            pending = 0
        else:
            pending = _DIGITS[character]
    return str(total + pending)
