"""What the office says of estates, buildings and doors."""
# ruff: noqa: A002 - `input` is the word of the graph

from typing import Annotated

import strawberry
from chassis.graphql_errors import RequestIdReused

from residents.api.archive.enums import EstateKind
from residents.api.archive.errors import (
    BuildingNotFound,
    BuildingSizeInvalid,
    EstateNotFound,
    HouseholdNotFound,
    HouseholdOccupied,
)
from residents.api.archive.move_mutations import OFFICE, REQUEST_ID
from residents.api.archive.types import Building, Estate, Household
from residents.api.context import Info, actor


@strawberry.input(description="Which estate, and whether it is an old one.")
class SetEstateKindInput:
    """See SetEstateKind."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    estate_id: strawberry.ID = strawberry.field(description="The estate.")
    kind: EstateKind = strawberry.field(description="Whether it is an old one.")


@strawberry.input(description="Which building, and how large it is.")
class DescribeBuildingInput:
    """See DescribeBuilding."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    building_id: strawberry.ID = strawberry.field(description="The building.")
    floors: int | None = strawberry.field(
        default=None, description="How many floors, 1 to 120; null if not known."
    )
    units: int | None = strawberry.field(
        default=None, description="How many units, 1 to 99; null if not known."
    )


@strawberry.input(description="Which household.")
class MarkVacantInput:
    """See MarkVacant."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    household_id: strawberry.ID = strawberry.field(description="The household.")


@strawberry.type(description="The estate is of that kind.")
class SetEstateKindSuccess:
    """See SetEstateKind."""

    estate: Estate = strawberry.field(description="The estate.")


@strawberry.type(description="The building is described.")
class DescribeBuildingSuccess:
    """See DescribeBuilding."""

    building: Building = strawberry.field(description="The building.")


@strawberry.type(description="The household is vacant until somebody moves in.")
class MarkVacantSuccess:
    """See MarkVacant."""

    household: Household = strawberry.field(description="The household.")


SetEstateKindResult = Annotated[
    SetEstateKindSuccess | EstateNotFound | RequestIdReused,
    strawberry.union("SetEstateKindResult", description="What can come of it."),
]
DescribeBuildingResult = Annotated[
    DescribeBuildingSuccess | BuildingNotFound | BuildingSizeInvalid | RequestIdReused,
    strawberry.union("DescribeBuildingResult", description="What can come of describing."),
]
MarkVacantResult = Annotated[
    MarkVacantSuccess | HouseholdNotFound | HouseholdOccupied | RequestIdReused,
    strawberry.union("MarkVacantResult", description="What can come of it."),
]


@strawberry.type
class PlaceMutations:
    """The part of Mutation that is about places."""

    @strawberry.federation.mutation(
        description="Say whether an estate is an old one.",
        authenticated=True,
        requires_scopes=OFFICE,
    )
    async def set_estate_kind(
        self,
        info: Info,
        input: Annotated[SetEstateKindInput, strawberry.argument(description="Which, and how.")],
    ) -> SetEstateKindResult | None:
        """See SetEstateKind."""
        context = info.context
        estate = await context.application.archive.set_estate_kind(
            actor(info),
            estate_id=str(input.estate_id),
            kind=input.kind.in_domain(),
            request=context.request_for(
                input.request_id, estate_id=input.estate_id, kind=input.kind.name
            ),
        )
        return SetEstateKindSuccess(estate=Estate.of(estate))

    @strawberry.federation.mutation(
        description="Say how large a building is.", authenticated=True, requires_scopes=OFFICE
    )
    async def describe_building(
        self,
        info: Info,
        input: Annotated[DescribeBuildingInput, strawberry.argument(description="Which, and how.")],
    ) -> DescribeBuildingResult | None:
        """See DescribeBuilding."""
        context = info.context
        building = await context.application.archive.describe_building(
            actor(info),
            building_id=str(input.building_id),
            floors=input.floors,
            units=input.units,
            request=context.request_for(
                input.request_id,
                building_id=input.building_id,
                floors=input.floors,
                units=input.units,
            ),
        )
        return DescribeBuildingSuccess(building=Building.of(building))

    @strawberry.federation.mutation(
        description="Say that nobody lives in a household of which no resident is known.",
        authenticated=True,
        requires_scopes=OFFICE,
    )
    async def mark_vacant(
        self,
        info: Info,
        input: Annotated[MarkVacantInput, strawberry.argument(description="Which.")],
    ) -> MarkVacantResult | None:
        """See MarkVacant."""
        context = info.context
        household = await context.application.archive.mark_vacant(
            actor(info),
            household_id=str(input.household_id),
            request=context.request_for(input.request_id, household_id=input.household_id),
        )
        return MarkVacantSuccess(household=Household.of(household))
