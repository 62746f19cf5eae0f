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
D = TypeVar("D", Estate, Building, Household, Resident)
_GetMany = Callable[[str, Sequence[str]], Awaitable[list[D | None]]]
_READINGS = 3


@dataclass(frozen=True)
class ArchiveReading:
    """Every list is in the order of the ids; None stands for what does not count.

    Who reads several of these for one answer gives the view that the others were read in. What is
    then found to be of a later edition may count since, and is read in the view of now: where one
    document names another, the other is never missed because it is newer.
    """

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

    async def estates_by_id(
        self, community_id: str, ids: Sequence[str], view: View | None = None
    ) -> list[Estate | None]:
        """Estates as they count."""
        seen, found = await self._found(community_id, ids, self.estates.get_many, view)
        return [each.effective(seen.edition) if each else None for each in found]

    async def buildings_by_id(
        self, community_id: str, ids: Sequence[str], view: View | None = None
    ) -> list[Building | None]:
        """Buildings as they count."""
        _, found = await self._found(community_id, ids, self.buildings.get_many, view)
        return found

    async def households_by_id(
        self, community_id: str, ids: Sequence[str], view: View | None = None
    ) -> list[Household | None]:
        """Households as they count."""
        seen, found = await self._found(community_id, ids, self.households.get_many, view)
        return [each.effective(seen.edition) if each else None for each in found]

    async def residents_by_id(
        self, community_id: str, ids: Sequence[str], view: View | None = None
    ) -> list[Resident | None]:
        """Residents as they count, who moved out too."""
        seen, found = await self._found(community_id, ids, self.residents.get_many, view)
        return [each.effective(seen.edition) if each else None for each in found]

    async def outlines_by_id(
        self, community_id: str, ids: Sequence[str], view: View | None = None
    ) -> list[Resident | None]:
        """Residents as they count, without their facts (None)."""
        seen, found = await self._found(community_id, ids, self.residents.outlines, view)
        return [each.effective(seen.edition) if each else None for each in found]

    async def _found(
        self, community_id: str, ids: Sequence[str], read: _GetMany[D], view: View | None
    ) -> tuple[View, list[D | None]]:
        """What is seen of these, as it lies there, and in which view."""
        seen = view or await self.view(community_id)
        found = await read(community_id, ids)
        if view and not all(view.sees(each.from_edition) for each in found if each):
            seen = await self.view(community_id)
        return seen, [each if each and seen.sees(each.from_edition) else None for each in found]

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
