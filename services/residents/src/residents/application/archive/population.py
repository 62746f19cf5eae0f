"""The community in figures, each of which opens its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce

import msgspec

from residents.application.archive.counting import RecountBuildings
from residents.application.archive.ports import (
    Archives,
    Buildings,
    Estates,
    Figures,
    Households,
    PageOf,
    Residents,
)
from residents.application.archive.reading import ArchiveReading
from residents.application.authorisation import demand
from residents.application.ports import Cursor, Now
from residents.domain.archive.figures import BuildingFigures, Counts
from residents.domain.archive.marks import KeyedHash, age_unknown_mark, elderly_mark
from residents.domain.archive.permissions import POPULATION
from residents.domain.archive.places import Building, Estate, Household
from residents.domain.archive.reach import governs_estate
from residents.domain.archive.residents import Resident
from residents.domain.roles import Actor


class EstateFigures(msgspec.Struct, frozen=True):
    """An estate, its buildings in their order, and what was counted in them."""

    estate: Estate
    buildings: Sequence[Building]
    counts: Counts


class Population(msgspec.Struct, frozen=True):
    """What was counted in the estates that the actor keeps the books of.

    Attributes:
        as_of: the moment of the oldest count among them; now where nothing was counted.
        ledger_as_of: the day of the last ledger applied.
    """

    as_of: datetime
    ledger_as_of: date | None
    estates: Sequence[EstateFigures]

    @property
    def counts(self) -> Counts:
        """The sum over all estates."""
        return _sum([each.counts for each in self.estates])


@dataclass(frozen=True)
class CommunityPopulation:
    """Sums the figures of buildings, and lists what they count."""

    reading: ArchiveReading
    archives: Archives
    estates: Estates
    buildings: Buildings
    households: Households
    residents: Residents
    figures: Figures
    recount: RecountBuildings
    keyed_hash: KeyedHash
    now: Now

    async def __call__(self, actor: Actor) -> Population:
        """The figures of today; a building that nobody counted yet is counted now."""
        demand(actor, POPULATION)
        return await self.reading.seen(actor.community_id, lambda _: self._counted(actor))

    async def _counted(self, actor: Actor) -> Population:
        archive = await self.archives.of(actor.community_id)
        estates = await self.estates.all_of(actor.community_id, view=archive.view)
        kept = {each.id: each for each in estates if governs_estate(actor, each.id)}
        buildings = [
            each
            for each in await self.buildings.all_of(actor.community_id, view=archive.view)
            if each.estate_id in kept
        ]
        found = await self.figures.of_edition(actor.community_id, archive.edition)
        figures = {each.building_id: each for each in found}
        for building in buildings:
            if building.id not in figures:
                figures[building.id] = await self.recount.count(building, archive.view)
        counted = [figures[building.id] for building in buildings]
        return Population(
            as_of=min((each.counted_at for each in counted), default=self.now()),
            ledger_as_of=archive.as_of,
            estates=[_of_estate(estate, buildings, figures) for estate in kept.values()],
        )

    async def list_households(
        self, actor: Actor, estates: Sequence[Estate], *, vacant: bool | None, first: int,
        after: Cursor | None,
    ) -> PageOf[Household]:  # fmt: skip
        """The rows of a figure of households."""
        demand(actor, POPULATION)
        within = _kept(actor, estates)
        return await self.reading.seen(
            actor.community_id,
            lambda view: self.households.listed(
                actor.community_id,
                view=view,
                within=within,
                vacant=vacant,
                first=first,
                after=after,
            ),
        )

    async def list_residents(
        self, actor: Actor, estates: Sequence[Estate], *, first: int, after: Cursor | None
    ) -> PageOf[Resident]:
        """The rows of the figure of residents."""
        return await self._list(actor, estates, None, first=first, after=after)

    async def list_elderly(
        self, actor: Actor, estates: Sequence[Estate], *, first: int, after: Cursor | None
    ) -> PageOf[Resident]:
        """The rows of the share of the elderly."""
        mark = elderly_mark(self.keyed_hash)
        return await self._list(actor, estates, mark, first=first, after=after)

    async def list_of_unknown_age(
        self, actor: Actor, estates: Sequence[Estate], *, first: int, after: Cursor | None
    ) -> PageOf[Resident]:
        """What the share of the elderly leaves out."""
        mark = age_unknown_mark(self.keyed_hash)
        return await self._list(actor, estates, mark, first=first, after=after)

    async def _list(
        self, actor: Actor, estates: Sequence[Estate], mark: str | None, *, first: int,
        after: Cursor | None,
    ) -> PageOf[Resident]:  # fmt: skip
        demand(actor, POPULATION)
        within = _kept(actor, estates)
        return await self.reading.seen(
            actor.community_id,
            lambda view: self.residents.living(
                actor.community_id, view=view, within=within, mark=mark, first=first, after=after
            ),
        )


def _kept(actor: Actor, estates: Sequence[Estate]) -> list[Estate]:
    return [estate for estate in estates if governs_estate(actor, estate.id)]


def _of_estate(
    estate: Estate, buildings: Sequence[Building], figures: dict[str, BuildingFigures]
) -> EstateFigures:
    own = [building for building in buildings if building.estate_id == estate.id]
    return EstateFigures(estate, own, _sum([figures[building.id].counts for building in own]))


def _sum(counts: Sequence[Counts]) -> Counts:
    return reduce(Counts.plus, counts, Counts())
