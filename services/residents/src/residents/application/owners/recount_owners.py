"""After a dwelling changed hands: who owns something now, and who nothing any more."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import methodcaller

from residents.application.owners.ports import OwnerIdentities, Owners, Ownerships
from residents.domain.owners.errors import OwnershipNotFound


@dataclass(frozen=True)
class RecountOwners:
    """Sets what it finds, so that it may be called as often as one likes."""

    ownerships: Ownerships
    owners: Owners
    identities: OwnerIdentities

    async def of_household(self, community_id: str, household_id: str) -> None:
        """Recount everybody who ever owned the dwelling."""
        ownership_id = self.identities.ownership(household_id)
        try:
            ownership = await self.ownerships.get(community_id, ownership_id)
        except OwnershipNotFound:
            return
        await self.of(community_id, ownership.all_owner_ids)

    async def of(self, community_id: str, owner_ids: Iterable[str]) -> None:
        """Recount these; at most some thousands a call."""
        ids = sorted(set(owner_ids))
        owning = await self.ownerships.owning_among(community_id, ids)
        for owner in await self.owners.get_many(community_id, ids):
            if owner is not None and owner.owns != (owner.id in owning):
                counted = methodcaller("counted", owns=owner.id in owning)
                await self.owners.change(community_id, owner.id, counted)
