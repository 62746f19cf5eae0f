"""Remembers what failed lately, so that it is left alone for a while."""

from collections.abc import Hashable
from datetime import datetime, timedelta

FIRST = timedelta(seconds=30)
LONGEST = timedelta(hours=1)


class Backoff:
    """Doubles the pause after each failure in a row, from 30 seconds to an hour."""

    def __init__(self, first: timedelta = FIRST, longest: timedelta = LONGEST) -> None:
        self._first = first
        self._longest = longest
        self._failures: dict[Hashable, tuple[int, datetime]] = {}

    def __len__(self) -> int:
        """How many failed and have not succeeded since."""
        return len(self._failures)

    def may_try(self, what: Hashable, at: datetime) -> bool:
        """Whether its pause is over."""
        _, until = self._failures.get(what, (0, at))
        return at >= until

    def until(self, what: Hashable, at: datetime) -> datetime:
        """When its pause is over; this moment if it has none."""
        _, until = self._failures.get(what, (0, at))
        return max(at, until)

    def failed(self, what: Hashable, at: datetime) -> None:
        """Begin a pause, twice as long as the last one."""
        count, _ = self._failures.get(what, (0, at))
        pause = min(self._first * 2 ** min(count, 20), self._longest)
        self._failures[what] = (count + 1, at + pause)

    def succeeded(self, what: Hashable) -> None:
        """Forget its failures."""
        self._failures.pop(what, None)
