"""A calendar year in China."""

from datetime import date, datetime

from chassis.errors import BadUserInput

from outreach.application.period import Period
from outreach.domain.china_days import beginning_of, day_of

_YEARS = range(2000, 2101)


def checked_year(year: int | None, *, now: datetime) -> int:
    """The year asked for, this one if None. Raises: BadUserInput for one far away."""
    if year is None:
        return day_of(now).year
    if year not in _YEARS:
        raise BadUserInput("年份须在2000年至2100年之间。", input_name="year")
    return year


def period_of_year(year: int) -> Period:
    """From its first moment up to the first of the next."""
    return Period(beginning_of(date(year, 1, 1)), beginning_of(date(year + 1, 1, 1)))


def days_of_year(year: int) -> tuple[date, date]:
    """Its first and its last day."""
    return date(year, 1, 1), date(year, 12, 31)
