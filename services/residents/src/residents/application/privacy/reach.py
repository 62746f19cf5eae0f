"""Which resident's contact an actor may ask for, and by which role."""

from dataclasses import dataclass

from residents.application.logins.ports import BoundAccounts
from residents.application.privacy.reveal_ports import ReadableResidents
from residents.domain.archive.errors import ResidentNotFound
from residents.domain.archive.residents import Resident
from residents.domain.permissions import Permission
from residents.domain.roles import Actor, Role


@dataclass(frozen=True)
class Reach:
    """Oneself; for the office everybody in the part of the community that it answers for.

    Each by a role that may do what is asked for: another role of the same person does not widen
    how far that one reaches.
    """

    residents: ReadableResidents
    bound: BoundAccounts

    async def resident(
        self, actor: Actor, resident_id: str, permission: Permission
    ) -> tuple[Resident, Role]:
        """The resident, and the role that allows it.

        Raises: ResidentNotFound, also for one beyond reach and one who was erased.
        """
        (found,) = await self.residents.residents_by_id(actor.community_id, [resident_id])
        if found is None or found.facts is None:
            raise ResidentNotFound
        if Role.RESIDENT in permission.roles and await self._is_own(actor, resident_id):
            return found, Role.RESIDENT
        for role in (Role.CLERK, Role.SECRETARY):
            if role in permission.roles and _covers(actor, role, found):
                return found, role
        raise ResidentNotFound

    async def _is_own(self, actor: Actor, resident_id: str) -> bool:
        if not actor.has(Role.RESIDENT):
            return False
        own = await self.bound.resident_ids_of(actor.community_id, actor.account_id)
        return resident_id in own


def _covers(actor: Actor, role: Role, resident: Resident) -> bool:
    """Who has no home here is in no estate: only who answers for the whole community reaches."""
    scope = None if resident.home is None else (resident.home.estate_id,)
    return any(grant.role is role and grant.covers(scope) for grant in actor.roles)
