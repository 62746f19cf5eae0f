"""Reading the archive: who may see which place and which person, masked or not."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from residents.application.archive.ports import (
    Buildings,
    Estates,
    Households,
    Identities,
    OwnResidents,
    PageOf,
    Residents,
)
from residents.application.archive.reading import ArchiveReading
from residents.application.authorisation import demand
from residents.application.ports import Cursor
from residents.domain.archive.editions import View
from residents.domain.archive.homes import PastHome
from residents.domain.archive.permissions import (
    FIND_HOUSEHOLD,
    LIST_HOUSEHOLDS,
    OWN_HOUSEHOLDS,
    READ_HOUSEHOLD,
    READ_PLACES,
    READ_RESIDENT,
    READ_SENSITIVE,
)
from residents.domain.archive.places import Building, Estate, Household
from residents.domain.archive.reach import (
    governs_resident,
    reads_estate,
    reads_household,
    reads_resident,
)
from residents.domain.archive.residents import Resident
from residents.domain.roles import Actor, Role

See = Callable[[], Awaitable[View]]
"""Gives the view that all of an answer is read in."""


@dataclass(frozen=True)
class Browse:
    """Estates and buildings are known to all neighbours; who lives in them is not.

    Households and their people are read by who works with them, each within their estates, and
    by a resident for their own household alone.

    Who reads several things for one answer gives the view, so that all of it is of one.
    """

    reading: ArchiveReading
    estates: Estates
    buildings: Buildings
    households: Households
    residents: Residents
    identities: Identities
    own: OwnResidents

    async def all_estates(self, actor: Actor) -> list[Estate]:
        """The community's estates, by name."""
        demand(actor, READ_PLACES)
        view = await self.reading.view(actor.community_id)
        return await self.estates.all_of(actor.community_id, view=view)

    async def view(self, actor: Actor) -> View:
        """What readers of the caller's community see now; of nobody, and so everybody's."""
        return await self.reading.view(actor.community_id)

    async def estates_by_id(
        self, actor: Actor, ids: Sequence[str], view: View | None = None
    ) -> list[Estate | None]:
        """In the order of the ids; None for another community's."""
        demand(actor, READ_PLACES)
        return await self.reading.estates_by_id(actor.community_id, ids, view)

    async def buildings_by_id(
        self, actor: Actor, ids: Sequence[str], view: View | None = None
    ) -> list[Building | None]:
        """In the order of the ids; None for another community's."""
        demand(actor, READ_PLACES)
        return await self.reading.buildings_by_id(actor.community_id, ids, view)

    async def buildings_of(
        self, actor: Actor, estate_ids: Sequence[str]
    ) -> list[Sequence[Building]]:
        """Each estate's buildings, building 2 before 10; a community has some dozens."""
        demand(actor, READ_PLACES)
        view = await self.reading.view(actor.community_id)
        found = await self.buildings.all_of(actor.community_id, view=view)
        return [[each for each in found if each.estate_id == one] for one in estate_ids]

    async def households_of(
        self, actor: Actor, building: Building, *, unit: str | None, first: int,
        after: Cursor | None,
    ) -> PageOf[Household] | None:  # fmt: skip
        """A building's households by unit, floor and room; None out of reach."""
        demand(actor, LIST_HOUSEHOLDS)
        if not reads_estate(actor, building.estate_id):
            return None
        return await self.reading.seen(
            actor.community_id,
            lambda view: self.households.of_building(
                building, view=view, unit=unit, first=first, after=after
            ),
        )

    async def households_by_id(
        self, actor: Actor, ids: Sequence[str], view: View | None = None
    ) -> list[Household | None]:
        """In the order of the ids; None for what is out of reach."""
        demand(actor, READ_HOUSEHOLD)
        found = await self.reading.households_by_id(actor.community_id, ids, view)
        if all(each is None or reads_household(actor, each) for each in found):
            return found
        own = await self._own_households(actor, view)
        return [
            each if each and (each.id in own or reads_household(actor, each)) else None
            for each in found
        ]

    async def residents_by_id(
        self, actor: Actor, ids: Sequence[str], view: View | None = None
    ) -> list[Resident | None]:
        """In the order of the ids; None for who is out of reach."""
        demand(actor, READ_RESIDENT)
        found = await self.reading.residents_by_id(actor.community_id, ids, view)
        if all(each is None or reads_resident(actor, each) for each in found):
            return found
        own = await self._own_households(actor, view)
        return [
            each if each and (_home(each) in own or reads_resident(actor, each)) else None
            for each in found
        ]

    def tags_of(self, actor: Actor, resident: Resident) -> Sequence[str] | None:
        """What the office cares for; None where the caller does not keep this person's books."""
        demand(actor, READ_SENSITIVE)
        if not governs_resident(actor, resident) or resident.facts is None:
            return None
        return resident.facts.tags

    def history_of(self, actor: Actor, resident: Resident) -> Sequence[PastHome] | None:
        """The homes that were left; None where the caller does not keep this person's books."""
        demand(actor, READ_SENSITIVE)
        return resident.history if governs_resident(actor, resident) else None

    async def residents_of(
        self, actor: Actor, household_ids: Sequence[str]
    ) -> Sequence[list[Resident]]:
        """Who lives in each household, its head first; nobody where the household is not seen."""
        seen = await self.households_by_id(actor, household_ids)
        ids = [household.id for household in seen if household is not None]
        homes: Mapping[str, list[Resident]] = {}
        if ids:
            homes = await self.reading.seen(
                actor.community_id,
                lambda view: self.residents.of_households(actor.community_id, ids, view=view),
            )
        return [homes.get(household_id, []) for household_id in household_ids]

    async def find_household(
        self, actor: Actor, *, estate_id: str, building: str, unit: str | None, room: str
    ) -> Household | None:
        """A door by what is written on it, for who says that they live there.

        It tells that the door is there, and nothing of who lives behind it.
        """
        demand(actor, FIND_HOUSEHOLD)
        community_id = actor.community_id
        building_id = self.identities.building(community_id, estate_id, building)
        household_id = self.identities.household(community_id, building_id, unit, room)
        (found,) = await self.reading.households_by_id(community_id, [household_id])
        return found

    async def own_households(self, actor: Actor, see: See | None = None) -> list[Household]:
        """The households that the caller lives in, by their verified bindings.

        Args:
            see: gives the view; asked after the account was read, with whoever else reads it.
        """
        demand(actor, OWN_HOUSEHOLDS)
        resident_ids = await self._own_residents(actor)
        if not resident_ids:
            return []
        view = await see() if see else await self.view(actor)
        ids = sorted(await self._homes_of(actor, resident_ids, view))
        found = await self.reading.households_by_id(actor.community_id, ids, view)
        return [household for household in found if household is not None]

    async def _own_households(self, actor: Actor, view: View | None) -> frozenset[str]:
        resident_ids = await self._own_residents(actor)
        return await self._homes_of(actor, resident_ids, view) if resident_ids else frozenset()

    async def _own_residents(self, actor: Actor) -> Sequence[str]:
        if not actor.has(Role.RESIDENT):
            return ()
        return await self.own.resident_ids_of(actor.community_id, actor.account_id)

    async def _homes_of(
        self, actor: Actor, resident_ids: Sequence[str], view: View | None
    ) -> frozenset[str]:
        own = await self.reading.outlines_by_id(actor.community_id, resident_ids, view)
        homes = [each.home for each in own if each is not None]
        return frozenset(home.household_id for home in homes if home is not None)


def _home(resident: Resident) -> str | None:
    return resident.home.household_id if resident.home else None
