"""Counting buildings anew: figures are set, never added to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chassis.errors import TooMuchContention
from chassis.few_at_once import FewAtOnce

from residents.application.archive.ports import (
    Buildings,
    Figures,
    Households,
    Identities,
    Residents,
    Today,
)
from residents.application.ports import Now
from residents.domain.archive.editions import View
from residents.domain.archive.figures import BuildingFigures, Counts
from residents.domain.archive.marks import KeyedHash, age_unknown_mark, elderly_mark
from residents.domain.archive.places import Building
from residents.domain.archive.residents import Resident
from residents.domain.china_days import beginning_of

_LARGEST_BUILDING = 100_000
"""A building beyond any: what is counted is bounded."""
_ATTEMPTS = 10
_AT_ONCE = 2


@dataclass(frozen=True)
class RecountBuildings:
    """Counts what lies in buildings, as of today, and puts it down for an edition."""

    buildings: Buildings
    households: Households
    residents: Residents
    figures: Figures
    identities: Identities
    keyed_hash: KeyedHash
    now: Now
    today: Today

    async def __call__(self, buildings: Sequence[Building], view: View) -> None:
        """Recount each of them as that view sees it, a few at a time."""
        async with FewAtOnce(_AT_ONCE) as counts:
            for building in buildings:
                await counts.begin(self.count(building, view))

    async def count(self, building: Building, view: View) -> BuildingFigures:
        """Recount one; begun anew when somebody else sets a count meanwhile.

        Returns: its figures.
        Raises: TooMuchContention when others keep setting other counts.
        """
        figures_id = self.identities.figures(building.id, view.edition)
        for _ in range(_ATTEMPTS):
            counted_at, today = self.now(), self.today()
            (there,) = await self.figures.get_many(building.community_id, [figures_id])
            counts = await self._counted(building, view, today)
            figures = BuildingFigures(
                id=figures_id,
                community_id=building.community_id,
                estate_id=building.estate_id,
                building_id=building.id,
                edition=view.edition,
                counts=counts,
                counted_at=counted_at,
                as_of=today,
            )
            after = await (
                self.figures.add(figures) if there is None else self._set(figures, there)
            )
            if after.counts == counts:
                return after
        raise TooMuchContention

    async def _set(self, figures: BuildingFigures, there: BuildingFigures) -> BuildingFigures:
        return await self.figures.change(
            figures.community_id,
            figures.id,
            lambda before: before.recounted(
                figures.counts,
                counted_at=figures.counted_at,
                as_of=figures.as_of,
                since_version=there.version,
            ),
        )

    async def _counted(self, building: Building, view: View, today: date) -> Counts:
        households = await self.households.of_building(building, view=view, first=_LARGEST_BUILDING)
        living = await self.residents.living(
            building.community_id,
            view=view,
            first=_LARGEST_BUILDING,
            within=[building],
            aged_since=beginning_of(today),
        )
        marks = await self._marks_of_today(living.items, today)
        areas = [each.area_cm2 for each in households.items if each.area_cm2 is not None]
        return Counts(
            households=len(households.items),
            vacant=sum(each.vacant for each in households.items),
            residents=len(living.items),
            elderly_60=marks.count(elderly_mark(self.keyed_hash)),
            age_unknown=marks.count(age_unknown_mark(self.keyed_hash)),
            area_cm2=sum(areas),
            area_unknown=len(households.items) - len(areas),
        )

    async def _marks_of_today(self, living: Sequence[Resident], today: date) -> list[str]:
        """Everybody's marks; whoever came of age is found as elderly from now on."""
        mark = elderly_mark(self.keyed_hash)
        found: list[str] = []
        for resident in living:
            aged, _ = resident.of_age(today, mark)
            if aged.marks != resident.marks:
                await self.residents.change(
                    resident.community_id, resident.id, lambda before: before.of_age(today, mark)
                )
            found += aged.marks
        return found
