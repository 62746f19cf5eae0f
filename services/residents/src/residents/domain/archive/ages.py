"""How old somebody is on a day."""

from datetime import date

ELDERLY_AT = 60


def age_on(birth_date: date, day: date) -> int:
    """Completed years; who is born on 29 February has a birthday on 1 March in other years."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (0 if had_birthday else 1)


def is_elderly(birth_date: date, day: date) -> bool:
    """Whether somebody is 60 or more on that day."""
    return age_on(birth_date, day) >= ELDERLY_AT
