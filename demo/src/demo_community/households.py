"""Building by building: who lives where, so that every total comes out exactly."""

from collections.abc import Iterator
from datetime import date
from random import Random

from demo_community.families import FamilyMaker
from demo_community.identity import Newcomers
from demo_community.mistakes import plant_mistakes
from demo_community.model import Building, Door, Dwelling, Person
from demo_community.plan import (
    AS_OF,
    DWELLINGS_A_FLOOR,
    VACANT_SHARE,
    BuildingPlan,
    EstatePlan,
    Scale,
)
from demo_community.story_people import STORY_PEOPLE, WANG, WITH_WANG

_LARGEST_FAMILY = 6
_SIZES = (1, 2, 3, 4, 5, 6)
_SIZE_WEIGHTS = (29, 44, 19, 5, 2, 1)
_ELDERLY_HEADS = {True: 0.40, False: 0.13}  # by whether the estate is old
_SMALLEST_DWELLING_CM2 = {True: 42_00 * 100, False: 78_00 * 100}
_DWELLING_RANGE_CM2 = {True: 48_00 * 100, False: 66_00 * 100}


class Settlers:
    """Fills the plan with people, one building after another, in constant memory."""

    def __init__(self, scale: Scale, seed: int, *, as_of: date = AS_OF) -> None:
        self.newcomers = Newcomers(seed)
        self._scale = scale
        self._seed = seed
        self._as_of = as_of
        self._households = 0
        self._residents = 0

    def buildings_of(self, estate: EstatePlan) -> Iterator[Building]:
        """Yield the estate's buildings; call it for the estates in their order.

        However the people are spread over the buildings, after the last one there are exactly
        as many as the scale says.
        """
        for nth, plan in enumerate(estate.buildings(self._scale.blocks)):
            yield self._building(estate, nth, plan)

    def families(self, estate: EstatePlan, *, drawn_for: str) -> FamilyMaker:
        """Return a maker of families for the estate; the same words give the same draws."""
        random = Random(f"{self._seed} {estate.name} {drawn_for}")  # noqa: S311 - a demo, not a key
        return FamilyMaker(random, self.newcomers, _ELDERLY_HEADS[estate.is_old], self._as_of)

    def _building(self, estate: EstatePlan, nth: int, plan: BuildingPlan) -> Building:
        families = self.families(estate, drawn_for=f"building {plan.number}")
        dwellings = _dwellings(estate, plan, families.random)
        self._households += plan.households
        target = self._scale.residents * self._households // self._scale.households
        fixed = _story_families(estate, dwellings)
        sizes = _sizes(
            len(dwellings) - len(fixed),
            target - self._residents - sum(len(people) for people in fixed.values()),
            families.random,
        )
        self._residents = target
        for dwelling in dwellings:
            people = fixed.get(dwelling.door)
            size = 0 if people else next(sizes)
            dwelling.people = people or (families.family(size) if size else [])
        plant_mistakes(estate, nth, dwellings, families)
        return Building(plan.number, dwellings, plan.block)


def _story_families(estate: EstatePlan, dwellings: list[Dwelling]) -> dict[Door, list[Person]]:
    """Return the households of the story's people among these dwellings."""
    doors = {dwelling.door for dwelling in dwellings}
    return {
        person.door: [person.in_ledger(), *([WITH_WANG] if person is WANG else [])]
        for person in STORY_PEOPLE
        if person.estate == estate.name and person.door in doors
    }


def _dwellings(estate: EstatePlan, plan: BuildingPlan, random: Random) -> list[Dwelling]:
    """Return the empty dwellings; those above each other are of one size."""
    areas = [
        _SMALLEST_DWELLING_CM2[estate.is_old]
        + random.randrange(_DWELLING_RANGE_CM2[estate.is_old] // 100) * 100
        for _ in range(plan.units * DWELLINGS_A_FLOOR)
    ]
    return [
        Dwelling(
            Door(plan.number, unit + 1, (floor + 1) * 100 + position + 1),
            areas[unit * DWELLINGS_A_FLOOR + position],
        )
        for unit in range(plan.units)
        for floor in range(plan.floors)
        for position in range(DWELLINGS_A_FLOOR)
    ]


def _sizes(households: int, residents: int, random: Random) -> Iterator[int]:
    """Yield a size for each household, 0 for a vacant one; they add up to the residents."""
    sizes = [
        0 if random.random() < VACANT_SHARE else random.choices(_SIZES, _SIZE_WEIGHTS)[0]
        for _ in range(households)
    ]
    occupied = [nth for nth, size in enumerate(sizes) if size]
    for nth in random.sample(occupied, max(0, len(occupied) - residents)):
        sizes[nth] = 0
    missing = residents - sum(sizes)
    step = 1 if missing > 0 else -1
    while missing:
        nth = random.randrange(households)
        # The vacant stay vacant, and the occupied occupied.
        if sizes[nth] and 1 <= sizes[nth] + step <= _LARGEST_FAMILY:
            sizes[nth] += step
            missing -= step
    return iter(sizes)
