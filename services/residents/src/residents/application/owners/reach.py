"""How far a reader reaches: whole estates, or what is their own."""

from dataclasses import dataclass

from residents.application.logins.ports import BoundAccounts
from residents.application.owners.owners_who_are import OwnersWhoAre
from residents.domain.owners.permissions import SCOPED
from residents.domain.roles import Actor, Role


@dataclass(frozen=True)
class OwnReach:
    """Finds which owners a reader is: by the residents to whom the account is bound."""

    bound: BoundAccounts
    owners_who_are: OwnersWhoAre

    async def owner_ids(self, actor: Actor) -> frozenset[str]:
        """The owners that the actor is, as a resident; none for anybody else."""
        if not actor.has(Role.RESIDENT):
            return frozenset()
        resident_ids = await self.bound.resident_ids_of(actor.community_id, actor.account_id)
        if not resident_ids:
            return frozenset()
        found = await self.owners_who_are(actor.community_id, resident_ids)
        return frozenset(owner.id for owner in found)


def reaches_all(actor: Actor) -> bool:
    """Whether one of the actor's roles reads of every estate."""
    return actor.holds_for_all(*SCOPED)


def reaches_some(actor: Actor) -> bool:
    """Whether one of the actor's roles reads of any estate."""
    return any(grant.role in SCOPED for grant in actor.roles)
