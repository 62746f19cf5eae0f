"""Days from and until, both included."""

from datetime import date, timedelta

import msgspec

from residents.domain.teams.errors import TermEndsBeforeItBegins

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
"""Of every term, and of every question about one: a day beyond them was mistyped.

Close to the calendar's own ends a day has no moment at which it begins or is over.
"""


def is_within_calendar(day: date) -> bool:
    """Whether a term can have that day."""
    return FIRST_DAY <= day <= LAST_DAY


class Term(msgspec.Struct, frozen=True):
    """A span of days.

    Attributes:
        until_day: the last day, included; None while no end is set.
    """

    from_day: date
    until_day: date | None = None

    @classmethod
    def of(cls, from_day: date, until_day: date | None) -> "Term":
        """Raises: TermEndsBeforeItBegins, also of days beyond FIRST_DAY and LAST_DAY."""
        last = from_day if until_day is None else until_day
        if not FIRST_DAY <= from_day <= last <= LAST_DAY:
            raise TermEndsBeforeItBegins
        return cls(from_day, until_day)

    @property
    def is_empty(self) -> bool:
        """Whether it has no day: it was called off before it began."""
        return self.until_day is not None and self.until_day < self.from_day

    def includes(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.from_day <= day <= (self.until_day or LAST_DAY)

    def contains(self, other: "Term") -> bool:
        """Whether every day of the other is one of these."""
        if self.until_day is None:
            return self.from_day <= other.from_day
        return other.until_day is not None and (
            self.from_day <= other.from_day and other.until_day <= self.until_day
        )

    def overlaps(self, other: "Term") -> bool:
        """Whether they have a day in common."""
        if self.is_empty or other.is_empty:
            return False
        return self.includes(other.from_day) or other.includes(self.from_day)

    def ending(self, day: date) -> "Term":
        """The same with another last day. Raises: TermEndsBeforeItBegins, see `of`."""
        if not self.from_day <= day <= LAST_DAY:
            raise TermEndsBeforeItBegins
        return Term(self.from_day, day)

    def called_off(self) -> "Term":
        """The same without a day."""
        return Term(self.from_day, self.from_day - timedelta(days=1))
