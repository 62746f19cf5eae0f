"""What the owners' room reads of the archive, as readers see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from residents.application.archive.ports import Figures, Identities, Residents
from residents.application.archive.reading import ArchiveReading
from residents.application.owners.ports import DoorInEstate
from residents.domain.archive.places import Household
from residents.domain.archive.residents import Resident
from residents.domain.owners.owner import ResidentLink
from residents.domain.owners.ownership import Dwelling
from residents.domain.owners.recognition import MarkedResident


@dataclass(frozen=True)
class ArchiveDwellings:
    """See `ports.Dwellings`."""

    reading: ArchiveReading
    identities: Identities
    figures: Figures

    async def by_ids(
        self, community_id: str, household_ids: Sequence[str]
    ) -> list[Dwelling | None]:
        """See `Dwellings.by_ids`."""
        found = await self.reading.households_by_id(community_id, household_ids)
        return [None if household is None else _dwelling(household) for household in found]

    async def behind(
        self, community_id: str, doors: Sequence[DoorInEstate]
    ) -> list[Dwelling | None]:
        """See `Dwellings.behind`: a household's id is derived from its door."""
        return await self.by_ids(community_id, [self._id(community_id, each) for each in doors])

    async def areas_cm2(
        self, community_id: str, household_ids: Sequence[str]
    ) -> Mapping[str, int | None]:
        """See `Dwellings.areas_cm2`."""
        found = await self.reading.households_by_id(community_id, household_ids)
        return {household.id: household.area_cm2 for household in found if household is not None}

    async def count(self, community_id: str) -> int:
        """See `Dwellings.count`: the sum over the archive's buildings."""
        edition = await self.reading.edition(community_id)
        of_buildings = await self.figures.of_edition(community_id, edition)
        return sum(each.counts.households for each in of_buildings)

    def _id(self, community_id: str, where: DoorInEstate) -> str:
        estate_id = self.identities.estate(community_id, where.estate)
        building_id = self.identities.building(community_id, estate_id, where.door.building)
        return self.identities.household(
            community_id, building_id, where.door.unit, where.door.room
        )


@dataclass(frozen=True)
class ArchiveResidents:
    """See `ports.MarkedResidents`."""

    reading: ArchiveReading
    residents: Residents

    async def with_marks(self, community_id: str, marks: Sequence[str]) -> list[MarkedResident]:
        """See `MarkedResidents.with_marks`."""
        view = await self.reading.view(community_id)
        found = await self.residents.known_by(community_id, marks, view=view)
        return [_marked(resident) for resident in found]

    async def by_id(self, community_id: str, resident_id: str) -> MarkedResident | None:
        """See `MarkedResidents.by_id`."""
        (found,) = await self.reading.residents_by_id(community_id, [resident_id])
        return None if found is None else _marked(found)


def _dwelling(household: Household) -> Dwelling:
    return Dwelling(
        household_id=household.id,
        building_id=household.building_id,
        estate_id=household.estate_id,
        order_key=household.order_key,
    )


def _marked(resident: Resident) -> MarkedResident:
    link = ResidentLink(resident.id, resident.person_key, resident.lives_here)
    return MarkedResident(link, frozenset(resident.marks), resident.identity_mark)
