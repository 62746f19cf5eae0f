"""What the archive keeps of a person, for the export of their data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from residents.application.privacy.ports import PersonRef
from residents.domain.archive.homes import Home, PastHome
from residents.domain.archive.places import Building, Estate, Household
from residents.domain.archive.residents import Resident


class ReadableArchive(Protocol):
    """The archive as it counts; lists are in the order of the ids, None for unknown ones."""

    async def residents_by_id(
        self, community_id: str, ids: Sequence[str]
    ) -> Sequence[Resident | None]:
        """Residents, with their facts."""

    async def households_by_id(
        self, community_id: str, ids: Sequence[str]
    ) -> Sequence[Household | None]:
        """Households."""

    async def buildings_by_id(
        self, community_id: str, ids: Sequence[str]
    ) -> Sequence[Building | None]:
        """Buildings."""

    async def estates_by_id(self, community_id: str, ids: Sequence[str]) -> Sequence[Estate | None]:
        """Estates."""


@dataclass(frozen=True)
class ResidentsOfPerson:
    """Profile, tags, and the homes that they have and had; an identity number is not kept."""

    archive: ReadableArchive
    part: str = "residents"

    async def of(self, person: PersonRef) -> Sequence[Mapping[str, object]]:
        """See `PersonalData.of`."""
        community_id = person.community_id
        found = await self.archive.residents_by_id(community_id, person.resident_ids)
        return [await self._told(resident) for resident in found if resident is not None]

    async def _told(self, resident: Resident) -> Mapping[str, object]:
        facts = resident.facts
        return {
            "id": resident.id,
            "state": resident.state.name,
            "name": facts.name if facts else None,
            "phone": facts.phone if facts else None,
            "birthDate": facts.birth_date if facts else None,
            "gender": facts.gender.name if facts and facts.gender else None,
            "relation": facts.relation if facts else None,
            "tags": list(facts.tags) if facts else [],
            "identityNumberHashIsKept": resident.identity_mark is not None,
            "home": await self._home(resident.community_id, resident.home),
            "pastHomes": [
                {
                    **(await self._home(resident.community_id, past) or {}),
                    "until": past.until,
                    "reason": past.reason.name,
                }
                for past in resident.history
            ],
            "createdAt": resident.created_at,
            "verifiedAt": resident.verified_at,
            "movedOutAt": resident.moved_out_at,
        }

    async def _home(
        self, community_id: str, home: Home | PastHome | None
    ) -> Mapping[str, object] | None:
        if home is None:
            return None
        (household,) = await self.archive.households_by_id(community_id, [home.household_id])
        (building,) = await self.archive.buildings_by_id(community_id, [home.building_id])
        (estate,) = await self.archive.estates_by_id(community_id, [home.estate_id])
        return {
            "estate": estate.name if estate else None,
            "building": building.label if building else None,
            "unit": household.unit if household else None,
            "room": household.room if household else None,
            "since": home.since,
        }
