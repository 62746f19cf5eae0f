"""Days about which teams can be asked."""

from datetime import date
from typing import Annotated

import strawberry
from chassis.errors import BadUserInput

from residents.domain.teams.terms import is_within_calendar

OnDay = Annotated[date, strawberry.argument(description="The day, in China.")]


def checked_day(day: date, input_name: str) -> date:
    """The same day. Raises: BadUserInput where no term can have it."""
    if not is_within_calendar(day):
        raise BadUserInput("日期须在 1900 年至 2200 年之间。", input_name=input_name)
    return day
