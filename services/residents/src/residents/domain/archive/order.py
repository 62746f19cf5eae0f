"""The order in which people expect labels: building 2 before 10, 甲 before 乙, 9 before 甲1."""

import re
import unicodedata

_RUN = re.compile(r"\d+|\D+")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_STEM_RANKS = {ord(stem): f"~{rank}" for rank, stem in enumerate(_STEMS)}
_DIGITS = 8
SEPARATOR = "/"


def order_key(label: str) -> str:
    """A string that sorts as the label should: numbers by value, the heavenly stems in turn."""
    folded = unicodedata.normalize("NFKC", label).strip().upper()
    runs = _RUN.findall(folded)
    return "".join(
        run.zfill(_DIGITS) if run.isdecimal() else run.translate(_STEM_RANKS) for run in runs
    ).replace(SEPARATOR, "")


def below(parent: str, *labels: str | None) -> str:
    """The key of something inside: whatever lies in a place sorts together, under its key."""
    return SEPARATOR.join((parent, *(order_key(label or "") for label in labels)))


def range_below(key: str) -> tuple[str, str]:
    """From which key, inclusive, to which, exclusive, everything inside a place lies."""
    return key + SEPARATOR, key + chr(ord(SEPARATOR) + 1)
