"""Days as people in the community count them."""

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def day_of(at: datetime) -> date:
    """The day that it is in China."""
    return at.astimezone(CHINA).date()
