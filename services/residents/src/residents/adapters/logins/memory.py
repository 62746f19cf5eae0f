"""The same in memory, for unit tests; they pass the contract tests of the real ones."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from chassis.testing import MemoryAggregates

from residents.application.logins.ports import (
    BoundResident,
    HouseholdMember,
    UnknownClaim,
    UnknownIdentity,
)
from residents.domain.archive.errors import EstateNotFound, HouseholdNotFound, ResidentNotFound
from residents.domain.logins.binding import HouseholdPlace
from residents.domain.logins.resident_claim import ResidentClaim
from residents.domain.logins.wechat_identity import WeChatIdentity, WeChatUnion


class MemoryWeChatIdentities(MemoryAggregates[WeChatIdentity]):
    """Identities in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=UnknownIdentity)

    async def of_person(self, person_id: str) -> list[WeChatIdentity]:
        """See `WeChatIdentities.of_person`."""
        found = [each for each in self.all if each.person_id == person_id]
        return sorted(found, key=lambda each: each.id)


class MemoryWeChatUnions(MemoryAggregates[WeChatUnion]):
    """Unions in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=UnknownIdentity)


class MemoryResidentClaims(MemoryAggregates[ResidentClaim]):
    """Claims in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=UnknownClaim)


class MemoryArchivePeople:
    """An archive as a test fills it.

    Attributes:
        places: households by (community, id).
        members: residents by (community, id).
        confirmed: which residents were confirmed.
    """

    def __init__(self) -> None:
        self.places: dict[tuple[str, str], HouseholdPlace] = {}
        self.members: dict[tuple[str, str], HouseholdMember] = {}
        self.confirmed: list[str] = []
        self.added: dict[str, BoundResident] = {}

    async def place(self, community_id: str, household_id: str) -> HouseholdPlace:
        """See `ArchivePeople.place`."""
        try:
            return self.places[community_id, household_id]
        except KeyError:
            raise HouseholdNotFound from None

    async def member(self, community_id: str, resident_id: str) -> HouseholdMember:
        """See `ArchivePeople.member`."""
        try:
            return self.members[community_id, resident_id]
        except KeyError:
            raise ResidentNotFound from None

    async def members_of(
        self, community_id: str, household_ids: Sequence[str]
    ) -> Mapping[str, Sequence[HouseholdMember]]:
        """See `ArchivePeople.members_of`."""
        of_community = [m for (where, _), m in self.members.items() if where == community_id]
        return {
            household_id: [m for m in of_community if m.household_id == household_id]
            for household_id in household_ids
        }

    async def confirm(self, community_id: str, resident_id: str, *, at: datetime) -> None:
        """See `ArchivePeople.confirm`."""
        del community_id, at
        self.confirmed.append(resident_id)

    async def add(self, resident: BoundResident) -> None:
        """See `ArchivePeople.add`."""
        self.added.setdefault(resident.resident_id, resident)


class MemoryEstateRegister:
    """Estates as a test says them."""

    def __init__(self, *estate_ids: str) -> None:
        self.estate_ids = set(estate_ids)

    async def check(self, community_id: str, estate_ids: Sequence[str]) -> None:
        """See `EstateRegister.check`."""
        del community_id
        if not set(estate_ids) <= self.estate_ids:
            raise EstateNotFound
