"""The same community some months on: who moved, who is new, who is missing."""

from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import Any

from demo_community.households import Settlers
from demo_community.identity import birthday_in
from demo_community.model import Dwelling, Estate, Person
from demo_community.plan import AS_OF, LATER_AS_OF
from demo_community.story_people import STORY_PEOPLE

_FAMILIES_MOVED = 4
_FAMILIES_NEW = 3
_LONE_MISSING = 3


@dataclass(frozen=True)
class Place:
    """A dwelling with its estate."""

    estate: Estate
    dwelling: Dwelling

    def as_json(self) -> dict[str, str]:
        """Return estate and door in words."""
        return {"estate": self.estate.plan.name, "door": str(self.dwelling.door)}


@dataclass
class Differences:
    """What a second import must find."""

    moved: list[dict[str, Any]] = field(default_factory=list)
    new: list[dict[str, Any]] = field(default_factory=list)
    missing: list[dict[str, Any]] = field(default_factory=list)
    phone_changed: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the lists with the days of both ledgers."""
        return {"from": AS_OF.isoformat(), "to": LATER_AS_OF.isoformat(), **vars(self)}


class MonthsLater:
    """Changes the community in place, and notes each change."""

    def __init__(self, estates: list[Estate], settlers: Settlers, seed: int) -> None:
        self.differences = Differences()
        self._estates = estates
        self._settlers = settlers
        self._random = Random(f"{seed} months later")  # noqa: S311 - a demo, not a key
        doors = {(person.estate, person.door) for person in STORY_PEOPLE}
        places = [
            Place(estate, dwelling)
            for estate in estates
            for building in estate.buildings
            for dwelling in building.dwellings
            if (estate.plan.name, dwelling.door) not in doors
            and len(dwelling.good_people) == len(dwelling.people)
        ]
        self._random.shuffle(places)
        self._vacant = [place for place in places if not place.dwelling.people]
        self._occupied = [place for place in places if place.dwelling.people]

    def pass_by(self) -> Differences:
        """Let the months pass."""
        for _ in range(_FAMILIES_MOVED):
            self._move(self._take_occupied(2), self._vacant.pop())
        self._move_out_of_parents_home()
        for size in range(1, _FAMILIES_NEW + 1):
            self._settle(self._vacant.pop(), size)
        self._be_born()
        for _ in range(_LONE_MISSING):
            place = self._take_occupied(1)
            self._miss(place, place.dwelling.people[0])
        widowed = self._take_occupied(2)
        self._miss(widowed, widowed.dwelling.people[1])
        self._change_phone()
        return self.differences

    def _take_occupied(self, size: int) -> Place:
        found = next(each for each in self._occupied if len(each.dwelling.people) == size)
        self._occupied.remove(found)
        return found

    def _move(self, old: Place, new: Place) -> None:
        for person in old.dwelling.people:
            self._note_move(person, old, new)
        new.dwelling.people, old.dwelling.people = old.dwelling.people, []

    def _move_out_of_parents_home(self) -> None:
        old = next(
            place
            for place in self._occupied
            if place.dwelling.people[-1].relation == "子女"
            and place.dwelling.people[-1].age_on(LATER_AS_OF) >= 22
        )
        self._occupied.remove(old)
        new = self._vacant.pop()
        child = old.dwelling.people.pop()
        self._note_move(child, old, new)
        new.dwelling.people = [replace(child, relation="户主")]

    def _settle(self, place: Place, size: int) -> None:
        families = self._settlers.families(place.estate.plan, drawn_for="months later")
        place.dwelling.people = families.family(size)
        for person in place.dwelling.people:
            self.differences.new.append(_told(person) | place.as_json())

    def _be_born(self) -> None:
        place = next(
            place
            for place in self._occupied
            if len(place.dwelling.people) == 2
            and place.dwelling.people[1].relation == "配偶"
            and place.dwelling.people[1].age_on(LATER_AS_OF) < 40
        )
        self._occupied.remove(place)
        families = self._settlers.families(place.estate.plan, drawn_for="a birth")
        baby = families.single("子女", age=0, family_name=place.dwelling.people[0].name[0])
        born = replace(baby, birth_date=_between_the_ledgers(), identity_number=None)
        place.dwelling.people.append(born)
        self.differences.new.append(_told(born) | place.as_json())

    def _miss(self, place: Place, person: Person) -> None:
        place.dwelling.people.remove(person)
        self.differences.missing.append(_told(person) | place.as_json())

    def _change_phone(self) -> None:
        place = next(each for each in self._occupied if each.dwelling.people[0].phone is not None)
        head = place.dwelling.people[0]
        place.dwelling.people[0] = replace(head, phone=self._settlers.newcomers.phone())
        self.differences.phone_changed.append(_told(head) | place.as_json())

    def _note_move(self, person: Person, old: Place, new: Place) -> None:
        places = {"from": old.as_json(), "to": new.as_json()}
        self.differences.moved.append(_told(person) | places)


def _between_the_ledgers() -> date:
    middle = AS_OF + (LATER_AS_OF - AS_OF) / 2
    return birthday_in(middle.year, (middle - date(middle.year, 1, 1)).days)


def _told(person: Person) -> dict[str, str]:
    return {"name": person.name, "birth_date": person.birth_date.isoformat()}
