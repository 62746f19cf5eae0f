"""Counting buildings anew: figures are set, never added to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from residents.application.archive.ports import (
    Buildings,
    Figures,
    Households,
    Identities,
    Residents,
    Today,
)
from residents.application.ports import Now
from residents.domain.archive.ages import is_elderly
from residents.domain.archive.editions import View
from residents.domain.archive.figures import BuildingFigures, Counts
from residents.domain.archive.marks import KeyedHash, elderly_mark
from residents.domain.archive.places import Building
from residents.domain.archive.residents import Resident

_LARGEST_BUILDING = 100_000
"""A building beyond any: what is counted is bounded."""


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
        """Recount each of them as that view sees it."""
        for building in buildings:
            await self.count(building, view)

    async def count(self, building: Building, view: View) -> BuildingFigures:
        """Recount one. Returns: its figures; later ones where somebody counted meanwhile."""
        counted_at, today = self.now(), self.today()
        households = await self.households.of_building(building, view=view, first=_LARGEST_BUILDING)
        living = await self.residents.living(
            building.community_id, view=view, first=_LARGEST_BUILDING, within=[building]
        )
        elderly = await self._elderly(living.items, today)
        births = [each.facts.birth_date if each.facts else None for each in living.items]
        areas = [each.area_cm2 for each in households.items if each.area_cm2 is not None]
        counts = Counts(
            households=len(households.items),
            vacant=sum(each.vacant for each in households.items),
            residents=len(living.items),
            elderly_60=elderly,
            age_unknown=births.count(None),
            area_cm2=sum(areas),
            area_unknown=len(households.items) - len(areas),
        )
        figures = BuildingFigures(
            id=self.identities.figures(building.id, view.edition),
            community_id=building.community_id,
            estate_id=building.estate_id,
            building_id=building.id,
            edition=view.edition,
            counts=counts,
            counted_at=counted_at,
            as_of=today,
        )
        await self.figures.add(figures)
        return await self.figures.change(
            building.community_id,
            figures.id,
            lambda there: there.recounted(counts, counted_at=counted_at, as_of=today),
        )

    async def _elderly(self, living: Sequence[Resident], today: date) -> int:
        """How many are elderly; whoever became so is found as such from now on."""
        mark = elderly_mark(self.keyed_hash)
        for resident in living:
            aged, _ = resident.of_age(today, mark)
            if aged.marks != resident.marks:
                await self.residents.change(
                    resident.community_id, resident.id, lambda before: before.of_age(today, mark)
                )
        return sum(
            facts is not None
            and facts.birth_date is not None
            and is_elderly(facts.birth_date, today)
            for facts in (resident.facts for resident in living)
        )
