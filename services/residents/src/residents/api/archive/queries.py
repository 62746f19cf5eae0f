"""What can be asked of the archive."""
# ruff: noqa: A002 - `id` is the word of the graph

from typing import Annotated

import strawberry
from chassis.connections import DEFAULT_FIRST, Connection, checked_first, connection_of
from chassis.graphql import scopes_for

from residents.api.archive import loaders
from residents.api.archive.types import Building, Estate, Household, Resident
from residents.api.context import Info, actor
from residents.api.paging import After, First, place_by_id, place_by_key
from residents.application.archive.search import SearchBy
from residents.domain.archive import places

_NEIGHBOURS = scopes_for("resident", "steward", "clerk", "secretary")


@strawberry.input(description="One thing to search people by; exactly one is given.")
class SearchResidentsBy:
    """See SearchResidents."""

    name: str | None = strawberry.field(
        default=None, description="The whole name, or any two neighbouring characters of it."
    )
    phone: str | None = strawberry.field(
        default=None,
        description="The whole number, for clerks and secretaries alone and not too often, or its "
        "last four digits.",
    )
    door: str | None = strawberry.field(
        default=None, description="As people write it: 3-2-501, 3号楼2单元501."
    )
    tag: str | None = strawberry.field(
        default=None, description="A code or a text; for clerks and secretaries alone."
    )


@strawberry.type(description="A door that is there, and nothing of who lives behind it.")
class FoundHousehold:
    """See Browse.find_household."""

    household_id: strawberry.ID = strawberry.field(description="Its id, to bind an account to.")
    kept: strawberry.Private[places.Household]

    @strawberry.field(description="The door as people write it.")
    async def door(self, info: Info) -> str | None:
        """Read of the building."""
        building = await info.context.load(loaders.buildings, self.kept.building_id)
        return self.kept.door_in(building) if building else None


@strawberry.type
class ArchiveQueries:
    """The part of Query that is about who lives where."""

    @strawberry.federation.field(
        description="The community's estates, by name.",
        authenticated=True,
        requires_scopes=_NEIGHBOURS,
    )
    async def estates(self, info: Info) -> list[Estate] | None:
        """See Browse.all_estates."""
        found = await info.context.application.archive.browse.all_estates(actor(info))
        return [Estate.of(each) for each in found]

    @strawberry.federation.field(
        description="One estate; null if the community has no such one.",
        authenticated=True,
        requires_scopes=_NEIGHBOURS,
    )
    async def estate(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="Its id.")]
    ) -> Estate | None:
        """See Browse.estates_by_id."""
        found = await info.context.load(loaders.estates, str(id))
        return Estate.of(found) if found else None

    @strawberry.federation.field(
        description="One building; null if the community has no such one.",
        authenticated=True,
        requires_scopes=_NEIGHBOURS,
    )
    async def building(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="Its id.")]
    ) -> Building | None:
        """See Browse.buildings_by_id."""
        found = await info.context.load(loaders.buildings, str(id))
        return Building.of(found) if found else None

    @strawberry.federation.field(
        description="One household; null if there is none that the caller may read.",
        authenticated=True,
        requires_scopes=_NEIGHBOURS,
    )
    async def household(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="Its id.")]
    ) -> Household | None:
        """See Browse.households_by_id."""
        found = await info.context.load(loaders.households, str(id))
        return Household.of(found) if found else None

    @strawberry.federation.field(
        description="One resident, masked; null if there is none that the caller may read.",
        authenticated=True,
        requires_scopes=_NEIGHBOURS,
    )
    async def resident(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="The id.")]
    ) -> Resident | None:
        """See Browse.residents_by_id."""
        found = await info.context.load(loaders.residents_by_id, str(id))
        return Resident.of(found) if found else None

    @strawberry.federation.field(
        description="The households that the caller lives in, by their verified bindings.",
        authenticated=True,
        requires_scopes=scopes_for("resident"),
    )
    async def my_households(self, info: Info) -> list[Household] | None:
        """See Browse.own_households."""
        caller = actor(info)
        found = await info.context.application.archive.browse.own_households(
            caller, lambda: info.context.load(loaders.view_of, caller.community_id)
        )
        return [Household.of(each) for each in found]

    @strawberry.federation.field(
        description="A door by what is written on it, for who wants to say that they live there; "
        "null if there is no such door.",
        authenticated=True,
        requires_scopes=_NEIGHBOURS,
    )
    async def find_household(
        self,
        info: Info,
        estate_id: Annotated[strawberry.ID, strawberry.argument(description="The estate.")],
        building: Annotated[str, strawberry.argument(description="The building's label.")],
        room: Annotated[str, strawberry.argument(description="The room.")],
        unit: Annotated[
            str | None, strawberry.argument(description="The unit, where the building has some.")
        ] = None,
    ) -> FoundHousehold | None:
        """See Browse.find_household."""
        found = await info.context.application.archive.browse.find_household(
            actor(info), estate_id=str(estate_id), building=building, unit=unit, room=room
        )
        return FoundHousehold(household_id=strawberry.ID(found.id), kept=found) if found else None

    @strawberry.federation.field(
        description="People by name, phone, door or tag, by their doors and masked; a steward "
        "finds those of their estates.",
        authenticated=True,
        requires_scopes=scopes_for("steward", "clerk", "secretary"),
    )
    async def search_residents(
        self,
        info: Info,
        by: Annotated[SearchResidentsBy, strawberry.argument(description="What to search by.")],
        estate_id: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only in this estate.")
        ] = None,
        moved_out: Annotated[
            bool,
            strawberry.argument(
                description="Those who moved out instead; for the office of the whole community."
            ),
        ] = False,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[Resident] | None:
        """See SearchResidents."""
        page = await info.context.application.archive.search(
            actor(info),
            SearchBy(name=by.name, phone=by.phone, door=by.door, tag=by.tag),
            first=checked_first(first),
            after=place_by_id(after) if moved_out else place_by_key(after),
            estate_id=str(estate_id) if estate_id is not None else None,
            moved_out=moved_out,
        )
        return connection_of(page, Resident.of, after=after)
