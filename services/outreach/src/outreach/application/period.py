"""The time over which figures are counted."""

from datetime import UTC, datetime, timedelta

import msgspec
from chassis.errors import BadUserInput

_YEARS = range(2000, 2101)
_DEFAULT = timedelta(days=30)
_LONGEST = timedelta(days=366)
# WeChat's clock may run ahead of ours.
_AHEAD = timedelta(hours=1)


class Period(msgspec.Struct, frozen=True):
    """From a moment, up to but not including another, aware UTC."""

    start: datetime
    end: datetime


def period_of(start: datetime | None, end: datetime | None, *, now: datetime) -> Period:
    """Make a period of what was asked for; the last 30 days where nothing was.

    Raises: BadUserInput for a moment without an offset or far away, for an empty period, and for
        one over 366 days.
    """
    for moment in (start, end):
        if moment is not None and (moment.tzinfo is None or moment.year not in _YEARS):
            raise BadUserInput("时间须带时区，且在2000年至2100年之间。")
    until = end.astimezone(UTC) if end else now + _AHEAD
    since = start.astimezone(UTC) if start else until - _DEFAULT
    if not since < until:
        raise BadUserInput("起始时间须早于结束时间。")
    if until - since > _LONGEST:
        raise BadUserInput("一次最多统计 366 天。")
    return Period(since, until)
