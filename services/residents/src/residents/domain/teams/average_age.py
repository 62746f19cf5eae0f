"""The average age of a team on a day, with who is left out and why."""

from collections.abc import Iterable
from datetime import date

import msgspec

from residents.domain.archive.ages import age_on
from residents.domain.teams.membership import Membership

NO_BIRTH_DATE = "no_birth_date"
BORN_LATER = "born_later"
ERASED = "erased"


class AgeFigure(msgspec.Struct, frozen=True):
    """Years summed, people counted; the average is their quotient.

    Attributes:
        excluded: reason → how many.
    """

    on: date
    sum_of_ages: int
    counted: int
    excluded: dict[str, int]


def age_in(membership: Membership, on: date) -> int | str:
    """The member's age on that day in completed years, or why it is not counted."""
    if membership.facts is None:
        return ERASED
    birth_date = membership.facts.birth_date
    if birth_date is None:
        return NO_BIRTH_DATE
    return BORN_LATER if birth_date > on else age_on(birth_date, on)


def average_age(memberships: Iterable[Membership], on: date) -> AgeFigure:
    """Count those who are in the team on that day."""
    sum_of_ages = counted = 0
    excluded: dict[str, int] = {}
    for membership in memberships:
        if not membership.belongs_on(on):
            continue
        match age_in(membership, on):
            case int() as age:
                sum_of_ages += age
                counted += 1
            case reason:
                excluded[reason] = excluded.get(reason, 0) + 1
    return AgeFigure(on, sum_of_ages, counted, excluded)
