"""Rows that must be refused, planted where they are known."""

from dataclasses import replace

from demo_community.families import FamilyMaker
from demo_community.identity import with_wrong_check_digit
from demo_community.model import Dwelling, Mistake, Person
from demo_community.plan import ESTATES, EstatePlan

# By estate and by building, counted from 0. A big ledger has them in its first copy alone.
_PLANTED: dict[tuple[str, int], tuple[Mistake, ...]] = {
    (ESTATES[0].name, 0): (Mistake.PERSON_REPEATED,),
    (ESTATES[0].name, 4): (Mistake.BIRTH_DATE_INVALID,),
    (ESTATES[1].name, 2): (Mistake.IDENTITY_NUMBER_INVALID, Mistake.PHONE_INVALID),
    (ESTATES[1].name, 5): (Mistake.DOOR_UNREADABLE,),
    (ESTATES[2].name, 3): (Mistake.PERSON_REPEATED, Mistake.BIRTH_DATE_INVALID),
    (ESTATES[3].name, 1): (Mistake.DOOR_UNREADABLE, Mistake.IDENTITY_NUMBER_INVALID),
    (ESTATES[4].name, 2): (Mistake.PHONE_INVALID,),
    (ESTATES[5].name, 1): (Mistake.PERSON_REPEATED,),
    (ESTATES[5].name, 3): (Mistake.IDENTITY_NUMBER_INVALID,),
}
# Here the only row of a household is refused: the household is counted all the same.
_IN_A_VACANT_DWELLING = (ESTATES[0].name, 4)
_FIRST_PLACE = 7
_PLACES_APART = 9


def plant_mistakes(
    estate: EstatePlan, nth: int, dwellings: list[Dwelling], families: FamilyMaker
) -> None:
    """Add the building's bad rows, beside those that count."""
    wanted = _PLANTED.get((estate.name, nth), ())
    vacant = (estate.name, nth) == _IN_A_VACANT_DWELLING
    for place, mistake in enumerate(wanted):
        later = dwellings[_FIRST_PLACE + place * _PLACES_APART :]
        home = next(each for each in later if bool(each.people) != vacant)
        home.people.append(_bad_person(mistake, dwellings, families, is_head=vacant))


def _bad_person(
    mistake: Mistake, dwellings: list[Dwelling], families: FamilyMaker, *, is_head: bool
) -> Person:
    if mistake is Mistake.PERSON_REPEATED:
        earlier = next(each for each in dwellings if each.people).people[0]
        phone = families.newcomers.phone()
        return replace(earlier, relation="租户", phone=phone, tags=(), mistake=mistake)
    person = families.single("户主" if is_head else "租户", age=families.random.randint(22, 50))
    while person.identity_number is None or person.phone is None:
        person = families.single(person.relation, age=families.random.randint(22, 50))
    number = person.identity_number
    if mistake is Mistake.IDENTITY_NUMBER_INVALID:
        return replace(person, identity_number=with_wrong_check_digit(number), mistake=mistake)
    if mistake is Mistake.PHONE_INVALID:
        return replace(person, phone=person.phone[:-1], mistake=mistake)
    return replace(person, identity_number=None, mistake=mistake)
