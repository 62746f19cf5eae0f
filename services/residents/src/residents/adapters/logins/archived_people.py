"""The archive of this service as bindings see it: masked, as it counts now."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from chassis.requests import Request

from residents.application.archive.enter_person import EnterPerson, NewPerson
from residents.application.archive.reading import ArchiveReading
from residents.application.logins.ports import BoundResident, HouseholdMember
from residents.domain.archive.masking import masked_name, masked_phone
from residents.domain.archive.people import PersonFacts
from residents.domain.archive.residents import Resident, ResidentState
from residents.domain.logins.binding import HouseholdPlace, HouseholdRelation

_CALLER = "account.bound"
_RELATIONS = {
    HouseholdRelation.OWNER: "业主",
    HouseholdRelation.FAMILY: "家属",
    HouseholdRelation.TENANT: "租客",
    HouseholdRelation.OTHER: "其他",
}


class ArchivedPeople:
    """See `ArchivePeople`."""

    def __init__(self, reading: ArchiveReading, enter_person: EnterPerson) -> None:
        self._reading = reading
        self._enter_person = enter_person

    async def place(self, community_id: str, household_id: str) -> HouseholdPlace:
        """See `ArchivePeople.place`."""
        found = await self._reading.household(community_id, household_id)
        return HouseholdPlace(found.id, found.building_id, found.estate_id)

    async def member(self, community_id: str, resident_id: str) -> HouseholdMember:
        """See `ArchivePeople.member`."""
        return _member(await self._reading.resident(community_id, resident_id))

    async def members_of(
        self, community_id: str, household_ids: Sequence[str]
    ) -> Mapping[str, Sequence[HouseholdMember]]:
        """See `ArchivePeople.members_of`."""
        view = await self._reading.view(community_id)
        found = await self._reading.residents.of_households(community_id, household_ids, view=view)
        return {
            household_id: [_member(resident) for resident in residents]
            for household_id, residents in found.items()
        }

    async def confirm(self, community_id: str, resident_id: str, *, at: datetime) -> None:
        """See `ArchivePeople.confirm`."""
        resident = await self._reading.resident(community_id, resident_id)
        if resident.state is ResidentState.PENDING:
            await self._reading.residents.change(
                community_id, resident_id, lambda known: known.verify(at)
            )

    async def add(self, resident: BoundResident) -> None:
        """See `ArchivePeople.add`."""
        known_by = Request(_CALLER, resident.resident_id, "")
        await self._enter_person(
            NewPerson(
                resident_id=resident.resident_id,
                community_id=resident.community_id,
                household_id=resident.household_id,
                facts=PersonFacts(
                    name=resident.name,
                    phone=resident.phone,
                    relation=_RELATIONS[resident.relation],
                ),
            ),
            request=known_by,
        )


def _member(resident: Resident) -> HouseholdMember:
    facts = resident.facts
    born = facts.birth_date if facts else None
    return HouseholdMember(
        resident_id=resident.id,
        person_key=resident.person_key,
        household_id=resident.home.household_id if resident.home else None,
        masked_name=masked_name(facts.name) if facts else None,
        masked_phone=masked_phone(facts.phone) if facts and facts.phone else None,
        birth_year=born.year if born else None,
        marks=resident.marks,
    )
