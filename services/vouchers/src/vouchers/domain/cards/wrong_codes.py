"""How many wrong codes a merchant may present, by all its tills and portals together."""

from datetime import UTC, datetime, timedelta

WRONG_CODES_TAKEN = 30
WINDOW = timedelta(minutes=10)


def window_end(at: datetime) -> datetime:
    """When the wrong codes presented at this moment are forgotten."""
    number = int(at.timestamp() // WINDOW.total_seconds())
    return datetime.fromtimestamp((number + 1) * WINDOW.total_seconds(), tz=UTC)
