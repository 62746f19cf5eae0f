"""The community in figures; each opens its rows, and is as many as they are."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict

import strawberry
from chassis.connections import (
    DEFAULT_FIRST,
    Connection,
    Rate,
    checked_first,
    connection_of,
    rate_of,
)
from chassis.graphql import scopes_for
from chassis.scalars import SafeInt

from residents.api.archive.paging import page_of
from residents.api.archive.types import Building, Estate, Household, Resident
from residents.api.context import Info, actor
from residents.api.paging import After, First, place_by_key
from residents.application.archive import population
from residents.domain.archive import places
from residents.domain.archive.figures import Counts

_VALUE = "How many there are: as many as there are rows."


@strawberry.type(description="How many estates, and which.")
class EstateCount:
    """Rows in hand."""

    value: int = strawberry.field(description=_VALUE)
    listed: strawberry.Private[Sequence[places.Estate]]

    @strawberry.field(description="The estates counted, by name.")
    async def rows(
        self, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Estate] | None:
        """One page."""
        page = page_of(self.listed, first=checked_first(first), after=place_by_key(after))
        return connection_of(page, Estate.of, after=after)


@strawberry.type(description="How many buildings, and which.")
class BuildingCount:
    """Rows in hand."""

    value: int = strawberry.field(description=_VALUE)
    listed: strawberry.Private[Sequence[places.Building]]

    @strawberry.field(description="The buildings counted, by estate and number.")
    async def rows(
        self, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Building] | None:
        """One page."""
        page = page_of(self.listed, first=checked_first(first), after=place_by_key(after))
        return connection_of(page, Building.of, after=after)


@strawberry.type(description="How many households, and which.")
class HouseholdCount:
    """Rows read on demand."""

    value: int = strawberry.field(description=_VALUE)
    within: strawberry.Private[Sequence[places.Estate]]
    vacant: strawberry.Private[bool | None]

    @strawberry.field(description="The households counted, by their doors.")
    async def rows(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Household] | None:
        """One page."""
        page = await info.context.application.archive.population.list_households(
            actor(info),
            self.within,
            vacant=self.vacant,
            first=checked_first(first),
            after=place_by_key(after),
        )
        return connection_of(page, Household.of, after=after)


@strawberry.type(description="The area of households, and of which.")
class HouseholdArea:
    """Rows read on demand."""

    value_cm2: SafeInt = strawberry.field(
        description="The sum in square centimetres over the households whose area is known."
    )
    unknown: int = strawberry.field(description="Of how many rows the area is not known.")
    within: strawberry.Private[Sequence[places.Estate]]

    @strawberry.field(description="The households added up, and those of unknown area.")
    async def rows(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Household] | None:
        """One page."""
        page = await info.context.application.archive.population.list_households(
            actor(info),
            self.within,
            vacant=None,
            first=checked_first(first),
            after=place_by_key(after),
        )
        return connection_of(page, Household.of, after=after)


@strawberry.type(description="How many residents, and who.")
class ResidentCount:
    """Rows read on demand."""

    value: int = strawberry.field(description=_VALUE)
    within: strawberry.Private[Sequence[places.Estate]]

    @strawberry.field(description="The residents counted, by their doors and masked.")
    async def rows(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Resident] | None:
        """One page."""
        page = await info.context.application.archive.population.list_residents(
            actor(info), self.within, first=checked_first(first), after=place_by_key(after)
        )
        return connection_of(page, Resident.of, after=after)


@strawberry.type(
    description="Share of those of 60 or more among the residents whose birth date is known. "
    "Left out: `birth_date_unknown`."
)
class ElderlyShare(Rate):
    """Rows read on demand."""

    within: strawberry.Private[Sequence[places.Estate]]

    @strawberry.field(description="Those that the numerator counts, by their doors and masked.")
    async def rows(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Resident] | None:
        """One page."""
        page = await info.context.application.archive.population.list_elderly(
            actor(info), self.within, first=checked_first(first), after=place_by_key(after)
        )
        return connection_of(page, Resident.of, after=after)

    @strawberry.field(description="Those that are left out, by their doors and masked.")
    async def excluded_rows(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Resident] | None:
        """One page."""
        page = await info.context.application.archive.population.list_of_unknown_age(
            actor(info), self.within, first=checked_first(first), after=place_by_key(after)
        )
        return connection_of(page, Resident.of, after=after)


@strawberry.type(description="What is counted of people and homes, in one or more estates.")
class Counted:
    """The figures that the community and each of its estates have alike."""

    buildings: BuildingCount = strawberry.field(description="The buildings.")
    households: HouseholdCount = strawberry.field(description="The households, vacant ones too.")
    vacant_households: HouseholdCount = strawberry.field(
        description="Those where nobody is known to live."
    )
    residents: ResidentCount = strawberry.field(description="Who lives there now.")
    elderly: ElderlyShare = strawberry.field(description="Those of 60 or more.")
    area: HouseholdArea = strawberry.field(description="The area of the households.")


@strawberry.type(description="An estate in figures.")
class EstatePopulation(Counted):
    """See residents.application.archive.population."""

    estate: Estate = strawberry.field(description="The estate.")


@strawberry.type(description="The community in figures, counted and never typed.")
class Population(Counted):
    """See residents.application.archive.population."""

    as_of: datetime = strawberry.field(description="The moment of the oldest count among them.")
    ledger_as_of: date | None = strawberry.field(
        description="The day of the last ledger applied; null before the first."
    )
    estates: EstateCount = strawberry.field(description="The estates.")
    old_estates: EstateCount = strawberry.field(description="The old ones among them.")
    by_estate: list[EstatePopulation] = strawberry.field(description="Each estate, by name.")

    @classmethod
    def of(cls, kept: population.Population) -> "Population":
        """As the graph shows it."""
        estates = [each.estate for each in kept.estates]
        old = [each for each in estates if each.kind is places.EstateKind.OLD]
        buildings = [building for each in kept.estates for building in each.buildings]
        return cls(
            **_counted(kept.counts, buildings, estates, kept.as_of),
            as_of=kept.as_of,
            ledger_as_of=kept.ledger_as_of,
            estates=EstateCount(value=len(estates), listed=estates),
            old_estates=EstateCount(value=len(old), listed=old),
            by_estate=[
                EstatePopulation(
                    **_counted(each.counts, each.buildings, [each.estate], kept.as_of),
                    estate=Estate.of(each.estate),
                )
                for each in kept.estates
            ],
        )


class _Figures(TypedDict):
    buildings: BuildingCount
    households: HouseholdCount
    vacant_households: HouseholdCount
    residents: ResidentCount
    elderly: ElderlyShare
    area: HouseholdArea


def _counted(
    counts: Counts,
    buildings: Sequence[places.Building],
    within: Sequence[places.Estate],
    as_of: datetime,
) -> _Figures:
    return {
        "buildings": BuildingCount(value=len(buildings), listed=buildings),
        "households": HouseholdCount(value=counts.households, within=within, vacant=None),
        "vacant_households": HouseholdCount(value=counts.vacant, within=within, vacant=True),
        "residents": ResidentCount(value=counts.residents, within=within),
        "elderly": ElderlyShare(
            **rate_of(
                numerator=counts.elderly_60,
                denominator=counts.residents - counts.age_unknown,
                excluded={"birth_date_unknown": counts.age_unknown},
                as_of=as_of,
            ),
            within=within,
        ),
        "area": HouseholdArea(
            value_cm2=SafeInt(counts.area_cm2), unknown=counts.area_unknown, within=within
        ),
    }


@strawberry.type(description="A community as people live in it.")
class PopulationOfCommunity:
    """The field of Community that needs its id alone."""

    id: strawberry.ID = strawberry.field(description="Its id.")

    @strawberry.federation.field(
        description="Its people and homes in figures, each of which opens its rows; of the "
        "estates that the caller keeps the books of.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def population(self, info: Info) -> Population | None:
        """See CommunityPopulation."""
        caller = actor(info)
        if caller.community_id != str(self.id):
            return None
        return Population.of(await info.context.application.archive.population(caller))
