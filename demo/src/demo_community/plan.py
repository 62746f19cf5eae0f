"""What is built: estates, their buildings, and the days on which the ledgers were kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

AS_OF = date(2026, 7, 1)
LATER_AS_OF = date(2026, 11, 1)
SEED = 39
RESIDENTS = 6_543
DWELLINGS_A_FLOOR = 2  # on each landing
VACANT_SHARE = 0.06
COPIES_AT_MOST = 10  # a big ledger has at most 60 sheets; beyond them its estates grow


@dataclass(frozen=True)
class BuildingPlan:
    """One building.

    Attributes:
        number: as painted on its wall.
        block: 0 in the community itself; higher where a big ledger repeats the plan.
    """

    number: int
    units: int
    floors: int
    block: int = 0

    @property
    def households(self) -> int:
        """How many dwellings it has."""
        return self.units * self.floors * DWELLINGS_A_FLOOR


@dataclass(frozen=True)
class EstatePlan:
    """One estate: its buildings' shapes as (units, floors), and how they are numbered."""

    name: str
    is_old: bool
    shapes: tuple[tuple[int, int], ...]
    first_number: int = 1
    number_step: int = 1

    def buildings(self, blocks: int = 1) -> Iterator[BuildingPlan]:
        """Yield the buildings, the plan repeated as often as there are blocks."""
        for nth in range(blocks * len(self.shapes)):
            units, floors = self.shapes[nth % len(self.shapes)]
            number = self.first_number + nth * self.number_step
            yield BuildingPlan(number, units, floors, block=nth // len(self.shapes))


ESTATES = (
    EstatePlan("槐荫里", True, ((5, 6),) * 3 + ((4, 6),) * 3 + ((6, 6),) * 3),
    EstatePlan("纺机宿舍", True, ((4, 5),) * 4 + ((5, 5),) * 4, first_number=11),
    EstatePlan("柳堤新村", True, ((5, 6),) * 4 + ((4, 6),) * 3, number_step=2),
    EstatePlan("红砖院", True, ((6, 5),) * 2 + ((6, 6),) * 2 + ((5, 5),) * 2),
    EstatePlan("云栖苑", False, ((5, 17), (5, 17), (6, 17), (6, 18), (6, 15))),
    EstatePlan(
        "书香庭", False, ((5, 16), (6, 17), (4, 18), (6, 18)), first_number=2, number_step=2
    ),
)


@dataclass(frozen=True)
class Scale:
    """How often the plan is repeated: the estates, and the buildings in each."""

    residents: int = RESIDENTS
    copies: int = 1
    blocks: int = 1

    def estates(self) -> Iterator[EstatePlan]:
        """Yield the estates of every copy."""
        for copy in range(self.copies):
            for estate in ESTATES:
                name = estate.name if copy == 0 else f"{estate.name}{_SECTIONS[copy]}区"
                yield EstatePlan(
                    name, estate.is_old, estate.shapes, estate.first_number, estate.number_step
                )

    @property
    def households(self) -> int:
        """How many dwellings there are."""
        one = sum(building.households for estate in ESTATES for building in estate.buildings())
        return one * self.copies * self.blocks


_SECTIONS = "〇二三四五六七八九十"


def scale_for(residents: int) -> Scale:
    """Return the plan repeated so often that so many people live as close as in the community."""
    times = -(-residents // RESIDENTS)
    copies = min(times, COPIES_AT_MOST)
    return Scale(residents, copies, blocks=-(-times // copies))
