"""The order in which people expect labels: building 2 before 10, 甲 before 乙, 9 before 甲1."""

import re
import unicodedata

_RUN = re.compile(r"\d+|\D+")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_STEM_RANKS = {ord(stem): f"~{rank}" for rank, stem in enumerate(_STEMS)}
_DIGITS = 8


def order_key(label: str) -> str:
    """A string that sorts as the label should: numbers by value, the heavenly stems in turn."""
    folded = unicodedata.normalize("NFKC", label).strip().upper()
    runs = _RUN.findall(folded)
    return "".join(
        run.zfill(_DIGITS) if run.isdecimal() else run.translate(_STEM_RANKS) for run in runs
    )


def household_order_key(unit: str | None, room: str) -> str:
    """By unit, then by room: a room's number starts with its floor."""
    return f"{order_key(unit or '')}/{order_key(room)}"
