"""The day as of which a ledger speaks, from a line anywhere in it."""

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from residents.domain.ledger.chinese_numerals import with_arabic_digits

_DAY = (
    r"(?P<year>20[0-9]{2})\s*[年./-]\s*(?P<month>[0-9]{1,2})\s*[月./-]\s*(?P<day>[0-9]{1,2})"
    "(?![0-9])"
)
_EIGHT = r"(?P<year>20[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])"
_GAP = r"[^0-9年;。]{0,10}?"
_UNTIL = tuple(re.compile(rf"截[至止到]{_GAP}{day}") for day in (_DAY, _EIGHT))
_LABELLED = tuple(
    re.compile(
        rf"(?:统计|填表|填报|制表|更新|登记|数据|采集|汇总|编制|基准|(?<!出生))(?:日期|时间|日|截止){_GAP}{day}"
    )
    for day in (_DAY, _EIGHT)
)
_BARE = (re.compile(_DAY),)


class Plainness(IntEnum):
    """How plainly a line says that a day is the one meant."""

    TITLE = 1
    LABELLED = 2
    UNTIL = 3


@dataclass(slots=True)
class AsOf:
    """The day found so far: of days said equally plainly the latest, as people forget old lines."""

    plainness: int = 0
    day: date | None = None

    def hear(self, line: str, *, is_title: bool) -> None:
        """Take what a folded line says."""
        if "出生" in line and "截" not in line:
            return
        for plainness, patterns in (
            (Plainness.UNTIL, _UNTIL),
            (Plainness.LABELLED, _LABELLED),
            (Plainness.TITLE, _BARE if is_title else ()),
        ):
            found = next((day for each in patterns if (day := _day_in(each, line))), None)
            if found is not None:
                self._take(found, plainness)
                return

    def _take(self, day: date, plainness: Plainness) -> None:
        if plainness > self.plainness or self.day is None:
            self.plainness, self.day = plainness, day
        elif plainness == self.plainness:
            self.day = max(self.day, day)


def _day_in(pattern: re.Pattern[str], line: str) -> date | None:
    found = pattern.search(line) or pattern.search(with_arabic_digits(line))
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
