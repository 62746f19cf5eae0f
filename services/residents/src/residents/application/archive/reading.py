"""What counts of the archive, for use cases of every room; rights are theirs to ask for."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from residents.application.archive.ports import (
    Archives,
    Buildings,
    Estates,
    Households,
    Residents,
)
from residents.domain.archive.editions import View
from residents.domain.archive.errors import (
    BuildingNotFound,
    EstateNotFound,
    HouseholdNotFound,
    ResidentNotFound,
)
from residents.domain.archive.places import Building, Estate, Household
from residents.domain.archive.residents import Resident

T = TypeVar("T")
_READINGS = 3


@dataclass(frozen=True)
class ArchiveReading:
    """Every list is in the order of the ids; None stands for what does not count."""

    archives: Archives
    estates: Estates
    buildings: Buildings
    households: Households
    residents: Residents

    async def view(self, community_id: str) -> View:
        """What readers see now."""
        return (await self.archives.of(community_id)).view

    async def seen(self, community_id: str, read: Callable[[View], Awaitable[T]]) -> T:
        """What a reader of many documents sees in one view.

        While an import is let count they are not all of the same moment: then they are read again.
        """
        view = await self.view(community_id)
        for _ in range(_READINGS):
            found = await read(view)
            now = await self.view(community_id)
            if now == view:
                return found
            view = now
        return await read(view)

    async def edition(self, community_id: str) -> int:
        """The edition that counts."""
        return (await self.view(community_id)).edition

    async def estates_by_id(self, community_id: str, ids: Sequence[str]) -> list[Estate | None]:
        """Estates as they count."""
        view = await self.view(community_id)
        found = await self.estates.get_many(community_id, ids)
        return [
            each.effective(view.edition) if each and view.sees(each.from_edition) else None
            for each in found
        ]

    async def buildings_by_id(self, community_id: str, ids: Sequence[str]) -> list[Building | None]:
        """Buildings as they count."""
        view = await self.view(community_id)
        found = await self.buildings.get_many(community_id, ids)
        return [each if each and view.sees(each.from_edition) else None for each in found]

    async def households_by_id(
        self, community_id: str, ids: Sequence[str]
    ) -> list[Household | None]:
        """Households as they count."""
        view = await self.view(community_id)
        found = await self.households.get_many(community_id, ids)
        return [
            each.effective(view.edition) if each and view.sees(each.from_edition) else None
            for each in found
        ]

    async def residents_by_id(self, community_id: str, ids: Sequence[str]) -> list[Resident | None]:
        """Residents as they count, who moved out too."""
        view = await self.view(community_id)
        found = await self.residents.get_many(community_id, ids)
        return [
            each.effective(view.edition) if each and view.sees(each.from_edition) else None
            for each in found
        ]

    async def estate(self, community_id: str, estate_id: str) -> Estate:
        """One estate. Raises: EstateNotFound."""
        (found,) = await self.estates_by_id(community_id, [estate_id])
        if found is None:
            raise EstateNotFound
        return found

    async def building(self, community_id: str, building_id: str) -> Building:
        """One building. Raises: BuildingNotFound."""
        (found,) = await self.buildings_by_id(community_id, [building_id])
        if found is None:
            raise BuildingNotFound
        return found

    async def household(self, community_id: str, household_id: str) -> Household:
        """One household. Raises: HouseholdNotFound."""
        (found,) = await self.households_by_id(community_id, [household_id])
        if found is None:
            raise HouseholdNotFound
        return found

    async def resident(self, community_id: str, resident_id: str) -> Resident:
        """One resident. Raises: ResidentNotFound."""
        (found,) = await self.residents_by_id(community_id, [resident_id])
        if found is None:
            raise ResidentNotFound
        return found

    async def residents_of(self, community_id: str, household_id: str) -> list[Resident]:
        """Who lives in a household, its head first."""
        found = await self.seen(
            community_id,
            lambda view: self.residents.of_households(community_id, [household_id], view=view),
        )
        return found[household_id]
