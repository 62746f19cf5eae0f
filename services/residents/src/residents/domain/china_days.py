"""Days in China, and what they are in moments."""

from datetime import UTC, date, datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
"""China has one time zone and no summer time."""


def beginning_of(day: date) -> datetime:
    """The moment at which a day begins in China, in UTC."""
    return datetime.combine(day, time(), tzinfo=CHINA).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The moment at which a day is over in China, in UTC."""
    return beginning_of(day + timedelta(days=1))


def day_of(at: datetime) -> date:
    """The day that it is in China."""
    return at.astimezone(CHINA).date()
