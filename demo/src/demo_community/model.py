"""People and where they live, as the generator knows them."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from demo_community.plan import EstatePlan


class Gender(StrEnum):
    """As written in the ledger."""

    MAN = "男"
    WOMAN = "女"


class Mistake(StrEnum):
    """What is wrong with a row on purpose; the value is the code by which it is refused."""

    PERSON_REPEATED = "PERSON_REPEATED"
    BIRTH_DATE_INVALID = "BIRTH_DATE_INVALID"
    IDENTITY_NUMBER_INVALID = "IDENTITY_NUMBER_INVALID"
    DOOR_UNREADABLE = "DOOR_UNREADABLE"
    PHONE_INVALID = "PHONE_INVALID"


@dataclass(frozen=True)
class Person:
    """Somebody in a dwelling. `mistake` is set for a row that must be refused."""

    name: str
    gender: Gender
    birth_date: date
    relation: str
    phone: str | None = None
    identity_number: str | None = None
    tags: tuple[str, ...] = ()
    mistake: Mistake | None = None

    def age_on(self, day: date) -> int:
        """Return the full years lived."""
        return age_on(self.birth_date, day)


@dataclass(frozen=True, order=True)
class Door:
    """Where a dwelling is within its estate."""

    building: int
    unit: int
    room: int

    def __str__(self) -> str:
        return f"{self.building}号楼{self.unit}单元{self.room}"


@dataclass
class Dwelling:
    """A household's dwelling; vacant where it has no people."""

    door: Door
    area_cm2: int
    people: list[Person] = field(default_factory=list)

    @property
    def good_people(self) -> list[Person]:
        """Whose rows are good."""
        return [person for person in self.people if person.mistake is None]


@dataclass
class Building:
    """A building with its dwellings in the order of the ledger."""

    number: int
    dwellings: list[Dwelling]
    block: int = 0


@dataclass
class Estate:
    """An estate with its buildings."""

    plan: EstatePlan
    buildings: list[Building]


def age_on(birth_date: date, day: date) -> int:
    """Return the full years from a birth date to a day."""
    not_yet = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - not_yet
