"""What the office says of places: an old estate or not, how large a building is, a vacant door."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.archive.ports import Buildings, Estates, Households, Residents
from residents.application.archive.reading import ArchiveReading
from residents.application.authorisation import demand
from residents.application.ports import Now
from residents.domain.archive.errors import (
    BuildingNotFound,
    EstateNotFound,
    HouseholdNotFound,
    HouseholdOccupied,
)
from residents.domain.archive.permissions import DESCRIBE_BUILDING, MARK_VACANT, SET_ESTATE_KIND
from residents.domain.archive.places import Building, Estate, EstateKind, Household
from residents.domain.archive.reach import governs_estate
from residents.domain.roles import Actor


@dataclass(frozen=True)
class SetEstateKind:
    """Old estates are counted apart."""

    reading: ArchiveReading
    estates: Estates

    async def __call__(
        self, actor: Actor, *, estate_id: str, kind: EstateKind, request: Request
    ) -> Estate:
        """Say whether an estate is an old one. Raises: EstateNotFound; RequestIdReused."""
        demand(actor, SET_ESTATE_KIND)
        await self.reading.estate(actor.community_id, estate_id)
        if not governs_estate(actor, estate_id):
            raise EstateNotFound
        return await self.estates.change(
            actor.community_id, estate_id, lambda before: before.of_kind(kind), request=request
        )


@dataclass(frozen=True)
class DescribeBuilding:
    """A ledger does not say how large a building is."""

    reading: ArchiveReading
    buildings: Buildings

    async def __call__(
        self, actor: Actor, *, building_id: str, floors: int | None, units: int | None,
        request: Request,
    ) -> Building:  # fmt: skip
        """Say its floors and units.

        Raises: BuildingNotFound; BuildingSizeInvalid; RequestIdReused.
        """
        demand(actor, DESCRIBE_BUILDING)
        building = await self.reading.building(actor.community_id, building_id)
        if not governs_estate(actor, building.estate_id):
            raise BuildingNotFound
        return await self.buildings.change(
            actor.community_id,
            building_id,
            lambda before: before.described(floors=floors, units=units),
            request=request,
        )


@dataclass(frozen=True)
class MarkVacant:
    """A ledger names doors whose people could not be read; somebody looks, and nobody is there."""

    reading: ArchiveReading
    households: Households
    residents: Residents
    now: Now

    async def __call__(self, actor: Actor, *, household_id: str, request: Request) -> Household:
        """Say that nobody lives there; the next who moves in ends it.

        Raises: HouseholdNotFound; HouseholdOccupied; RequestIdReused.
        Emits: household.changed v1.
        """
        demand(actor, MARK_VACANT)
        household = await self.reading.household(actor.community_id, household_id)
        if not governs_estate(actor, household.estate_id):
            raise HouseholdNotFound
        view, at = await self.reading.view(actor.community_id), self.now()
        homes = await self.residents.of_households(actor.community_id, [household_id], view=view)
        if homes[household_id]:
            raise HouseholdOccupied
        return await self.households.change(
            actor.community_id,
            household_id,
            lambda before: before.with_vacancy(vacant=True, edition=view.edition, at=at),
            request=request,
        )
