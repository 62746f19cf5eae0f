"""Days from and until, both included, and what they are in moments."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import msgspec

from residents.domain.teams.errors import TermEndsBeforeItBegins

CHINA = timezone(timedelta(hours=8))
"""China has one time zone and no summer time."""


class Term(msgspec.Struct, frozen=True):
    """A span of days.

    Attributes:
        until_day: the last day, included; None while no end is set.
    """

    from_day: date
    until_day: date | None = None

    @classmethod
    def of(cls, from_day: date, until_day: date | None) -> "Term":
        """Raises: TermEndsBeforeItBegins."""
        if until_day is not None and until_day < from_day:
            raise TermEndsBeforeItBegins
        return cls(from_day, until_day)

    @property
    def is_empty(self) -> bool:
        """Whether it has no day: it was called off before it began."""
        return self.until_day is not None and self.until_day < self.from_day

    def includes(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.from_day <= day and (self.until_day is None or day <= self.until_day)

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
        """The same with another last day. Raises: TermEndsBeforeItBegins."""
        return Term.of(self.from_day, day)

    def called_off(self) -> "Term":
        """The same without a day."""
        return Term(self.from_day, self.from_day - timedelta(days=1))


def beginning_of(day: date) -> datetime:
    """The moment at which a day begins in China, in UTC."""
    return datetime.combine(day, time(), tzinfo=CHINA).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The moment at which a day is over in China, in UTC."""
    return beginning_of(day + timedelta(days=1))


def day_of(at: datetime) -> date:
    """The day that it is in China."""
    return at.astimezone(CHINA).date()
