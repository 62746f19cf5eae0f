"""Moments as people send them."""

from datetime import UTC, datetime

from chassis.errors import BadUserInput

_YEARS = range(2000, 2201)


def checked_moment(moment: datetime, input_name: str) -> datetime:
    """The same moment in UTC, cut to the millisecond that the store keeps.

    Raises: BadUserInput for one without an offset, or of another age.
    """
    if moment.tzinfo is None or moment.year not in _YEARS:
        raise BadUserInput("时间须带时区，例如 2026-12-01T00:00:00+08:00。", input_name=input_name)
    kept = moment.astimezone(UTC)
    return kept.replace(microsecond=kept.microsecond // 1000 * 1000)
