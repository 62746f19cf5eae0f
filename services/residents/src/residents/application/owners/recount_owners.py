"""After a dwelling changed hands: who owns something now, and who nothing any more."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from operator import methodcaller

from residents.application.owners.ports import OwnerIdentities, Owners, Ownerships
from residents.domain.owners.errors import OwnershipNotFound
from residents.domain.owners.owner import Owner


@dataclass(frozen=True)
class RecountOwners:
    """Sets what it finds, so that it may be called as often as one likes."""

    ownerships: Ownerships
    owners: Owners
    identities: OwnerIdentities

    async def of_household(self, community_id: str, household_id: str) -> None:
        """Recount everybody who ever owned the dwelling; the present owners need no look."""
        ownership_id = self.identities.ownership(household_id)
        try:
            ownership = await self.ownerships.get(community_id, ownership_id)
        except OwnershipNotFound:
            return
        known = await self.owners.get_many(community_id, ownership.all_owner_ids)
        present = frozenset(ownership.owner_ids)
        await self._set(
            [one for one in known if one is not None and one.id in present], owning=present
        )
        former = [one.id for one in known if one and one.owns and one.id not in present]
        await self.of(community_id, former)

    async def of(self, community_id: str, owner_ids: Iterable[str]) -> None:
        """Recount these; at most some thousands a call."""
        ids = sorted(set(owner_ids))
        if not ids:
            return
        owning = await self.ownerships.owning_among(community_id, ids)
        known = await self.owners.get_many(community_id, ids)
        await self._set([owner for owner in known if owner is not None], owning=owning)

    async def _set(self, owners: Iterable[Owner], *, owning: Container[str]) -> None:
        for owner in owners:
            if owner.owns != (owner.id in owning):
                counted = methodcaller("counted", owns=owner.id in owning)
                await self.owners.change(owner.community_id, owner.id, counted)
