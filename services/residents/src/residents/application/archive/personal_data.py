"""What the archive keeps of a person, for the person to have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from residents.application.archive.reading import ArchiveReading
from residents.application.privacy.ports import PersonRef
from residents.domain.archive.homes import Home, PastHome
from residents.domain.archive.residents import Resident

Told = Sequence[Mapping[str, object]]


@dataclass(frozen=True)
class PersonalResidents:
    """Profile, homes and tags; of an identity number there is nothing that could be told."""

    reading: ArchiveReading
    part: str = "residents"

    async def of(self, person: PersonRef) -> Told:
        """See `PersonalData.of`."""
        found = await self.reading.residents_by_id(person.community_id, person.resident_ids)
        return [await self._told(resident) for resident in found if resident is not None]

    async def _told(self, resident: Resident) -> Mapping[str, object]:
        facts = resident.facts
        return {
            "id": resident.id,
            "name": facts.name if facts else None,
            "phone": facts.phone if facts else None,
            "birthDate": facts.birth_date if facts else None,
            "gender": facts.gender if facts else None,
            "relation": facts.relation if facts else None,
            "tags": list(facts.tags) if facts else [],
            "hasIdentityNumberMark": resident.identity_mark is not None,
            "state": resident.state,
            "verifiedAt": resident.verified_at,
            "movedOutAt": resident.moved_out_at,
            "home": await self._home(resident),
            "formerHomes": [
                {
                    "door": await self._door(resident.community_id, past),
                    "since": past.since,
                    "until": past.until,
                    "reason": past.reason,
                }
                for past in resident.history
            ],
        }

    async def _home(self, resident: Resident) -> Mapping[str, object] | None:
        home = resident.home
        if home is None:
            return None
        door = await self._door(resident.community_id, home)
        return {"door": door, "since": home.since}

    async def _door(self, community_id: str, home: Home | PastHome) -> str | None:
        """Where it is, as people write it."""
        (household,) = await self.reading.households_by_id(community_id, [home.household_id])
        (building,) = await self.reading.buildings_by_id(community_id, [home.building_id])
        (estate,) = await self.reading.estates_by_id(community_id, [home.estate_id])
        if household is None or building is None or estate is None:
            return None
        return f"{estate.name}{household.door_in(building)}"
