"""Who owns the dwellings: residents, people elsewhere, a company; alone or together."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from random import Random

from demo_community.families import FamilyMaker
from demo_community.households import Settlers
from demo_community.identity import Newcomers
from demo_community.model import Door, Dwelling, Estate, Person
from demo_community.story_people import STORY_PEOPLE

WHOLE = Fraction(1)
_HALF = Fraction(1, 2)
_OWNED_BY_WHO_LIVES_THERE = 0.78
_OWNED_BY_BOTH_SPOUSES = 0.4
_FIRST_REGISTRATION = {True: date(1994, 1, 1), False: date(2012, 1, 1)}
_LAST_REGISTRATION = date(2026, 5, 31)


class OwnerKind(StrEnum):
    """What the note beside an owner says."""

    RESIDENT = ""
    ELSEWHERE = "不在本小区居住"
    COMPANY = "公司"


class OwnershipMistake(StrEnum):
    """What is wrong on purpose; the value is the code by which a row is refused."""

    SHARE_ABOVE_ONE = "OWNER_SHARE_INVALID"
    SHARES_NOT_WHOLE = "OWNER_SHARES_DO_NOT_ADD_UP"
    DOOR_UNREADABLE = "DOOR_UNREADABLE"
    DWELLING_UNKNOWN = "HOUSEHOLD_NOT_FOUND"


@dataclass(frozen=True)
class Owner:
    """Somebody with a share of a dwelling."""

    name: str
    share: Fraction
    kind: OwnerKind = OwnerKind.RESIDENT
    identity_number: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class Ownership:
    """A dwelling's owners since a day."""

    estate: str
    door: Door
    owners: tuple[Owner, ...]
    registered_on: date
    mistake: OwnershipMistake | None = None


# The nth dwelling of an estate is entered wrongly, or has an owner of a special kind.
_MISTAKES = {
    ("槐荫里", 40): OwnershipMistake.SHARE_ABOVE_ONE,
    ("槐荫里", 200): OwnershipMistake.SHARES_NOT_WHOLE,
    ("纺机宿舍", 77): OwnershipMistake.DOOR_UNREADABLE,
    ("柳堤新村", 150): OwnershipMistake.DWELLING_UNKNOWN,
    ("红砖院", 33): OwnershipMistake.SHARES_NOT_WHOLE,
    ("云栖苑", 500): OwnershipMistake.SHARE_ABOVE_ONE,
}
_COMPANY = Owner("云栖置业（演示）有限公司", WHOLE, OwnerKind.COMPANY, phone="15400009000")
_COMPANY_OWNS = {("云栖苑", 10), ("云栖苑", 11), ("书香庭", 5)}
_OWNS_THE_NEXT_TOO = {("槐荫里", 60), ("柳堤新村", 20), ("书香庭", 300), ("云栖苑", 42)}
_STORY_DOORS = {(person.estate, person.door) for person in STORY_PEOPLE}


def ownerships(estates: list[Estate], settlers: Settlers, seed: int) -> Iterator[Ownership]:
    """Yield one entry for each dwelling, in the order of the ledger."""
    for estate in estates:
        name = estate.plan.name
        random = Random(f"{seed} {name} owners")  # noqa: S311 - a demo, not a key
        families = settlers.families(estate.plan, drawn_for="owners")
        owned_too: Owner | None = None
        dwellings = (each for building in estate.buildings for each in building.dwellings)
        for nth, dwelling in enumerate(dwellings):
            owners = _owners(
                dwelling,
                random,
                families,
                is_of_the_story=(name, dwelling.door) in _STORY_DOORS,
            )
            if (name, nth) in _COMPANY_OWNS:
                owners = (_COMPANY,)
            elif owned_too is not None:
                owners = (owned_too,)
            owned_too = None
            if (name, nth) in _OWNS_THE_NEXT_TOO:
                owned_too = replace(owners[0], share=WHOLE)
            registered_on = _day(random, _FIRST_REGISTRATION[estate.plan.is_old])
            entry = Ownership(name, dwelling.door, owners, registered_on)
            mistake = _MISTAKES.get((name, nth))
            yield entry if mistake is None else _with_mistake(entry, mistake, families)


def _owners(
    dwelling: Dwelling, random: Random, families: FamilyMaker, *, is_of_the_story: bool
) -> tuple[Owner, ...]:
    people = dwelling.good_people
    lets = random.random() > _OWNED_BY_WHO_LIVES_THERE and not is_of_the_story
    if not people or lets:
        return _owners_elsewhere(random, families)
    head = people[0]
    together = [each for each in people[1:] if each.relation in {"配偶", "子女", "父母"}]
    if not together or random.random() > _OWNED_BY_BOTH_SPOUSES:
        return (_owner(head, WHOLE, families.newcomers),)
    shares = _shares(min(3, 1 + len(together)), random)
    return tuple(
        _owner(person, share, families.newcomers)
        for person, share in zip([head, *together], shares, strict=False)
    )


def _owners_elsewhere(random: Random, families: FamilyMaker) -> tuple[Owner, ...]:
    people = [families.single("户主", age=random.randint(30, 70))]
    if random.random() < _OWNED_BY_BOTH_SPOUSES / 2:
        people.append(families.single("配偶", age=people[0].age_on(_LAST_REGISTRATION)))
    shares = _shares(len(people), random)
    return tuple(
        replace(_owner(person, share, families.newcomers), kind=OwnerKind.ELSEWHERE)
        for person, share in zip(people, shares, strict=True)
    )


def _shares(owners: int, random: Random) -> tuple[Fraction, ...]:
    if owners == 1:
        return (WHOLE,)
    if owners == 2:
        return random.choice(
            (
                (_HALF, _HALF),
                (_HALF, _HALF),
                (Fraction(2, 3), Fraction(1, 3)),
                (Fraction(7, 10), Fraction(3, 10)),
            )
        )
    return random.choice(((Fraction(1, 3),) * 3, (_HALF, Fraction(1, 4), Fraction(1, 4))))


def _owner(person: Person, share: Fraction, newcomers: Newcomers) -> Owner:
    number = person.identity_number
    if number is None:
        # The register asks for what the ledger's keeper left out.
        number = newcomers.identity_number(person.birth_date, person.gender)
    return Owner(person.name, share, identity_number=number, phone=person.phone)


def _with_mistake(entry: Ownership, mistake: OwnershipMistake, families: FamilyMaker) -> Ownership:
    owners = entry.owners
    if mistake is OwnershipMistake.SHARE_ABOVE_ONE:
        owners = (replace(owners[0], share=Fraction(3, 2)),)
    elif mistake is OwnershipMistake.SHARES_NOT_WHOLE:
        other = _owner(families.single("户主", age=45), Fraction(1, 4), families.newcomers)
        owners = (
            replace(owners[0], share=_HALF),
            replace(other, kind=OwnerKind.ELSEWHERE),
        )
    door = entry.door
    if mistake is OwnershipMistake.DWELLING_UNKNOWN:
        door = Door(99, 1, 101)
    return replace(entry, owners=owners, door=door, mistake=mistake)


def _day(random: Random, first: date) -> date:
    return first + timedelta(days=random.randrange((_LAST_REGISTRATION - first).days))
