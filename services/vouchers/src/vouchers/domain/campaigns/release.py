"""From when each voucher of a campaign can be claimed: a daily budget is a release plan."""

from datetime import datetime, timedelta, timezone

_CHINA = timezone(timedelta(hours=8))


def claimable_from(slot: int, *, begins_at: datetime, daily_stock: int | None) -> datetime:
    """When a slot is released.

    The first day's tranche comes with the campaign's beginning, each other at midnight in China.

    Args:
        daily_stock: how many are released a day; None for all at once.
    """
    day = slot // daily_stock if daily_stock else 0
    if day == 0:
        return begins_at
    local = begins_at.astimezone(_CHINA)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight + timedelta(days=day)).astimezone(begins_at.tzinfo)
