"""Days as the community counts them: China has one time, eight hours ahead of UTC."""

from datetime import UTC, date, datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def day_of(moment: datetime) -> date:
    """The day in China on which a moment falls."""
    return moment.astimezone(CHINA).date()


def beginning_of(day: date) -> datetime:
    """The moment at which a day in China begins, aware UTC."""
    return datetime.combine(day, time(), CHINA).astimezone(UTC)
