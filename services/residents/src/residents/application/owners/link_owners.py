"""When a resident is verified, corrected, moves or leaves: the owners that they are learn it."""

from dataclasses import dataclass
from operator import methodcaller

from residents.application.owners.ports import MarkedResidents, Owners, Ownerships
from residents.application.ports import Cursor, Now
from residents.domain.owners.owner import Owner, OwnerMarks, ResidentLink
from residents.domain.owners.recognition import MarkedResident, resident_of

_PAGE = 100


@dataclass(frozen=True)
class LinkOwners:
    """Sets what it finds, so that it may be called as often as one likes."""

    ownerships: Ownerships
    owners: Owners
    residents: MarkedResidents
    now: Now

    async def __call__(self, community_id: str, resident_id: str) -> None:
        """Look again at every owner who is this resident, or could be."""
        if not await self.owners.has_any(community_id):
            return  # a first ledger tells of thousands of residents before there is a register
        resident = await self.residents.by_id(community_id, resident_id)
        if resident is None:
            return
        linked = await self.owners.of_residents(community_id, [resident_id])
        alike = await self.owners.with_marks(community_id, sorted(resident.marks))
        for owner in {owner.id: owner for owner in (*linked, *alike)}.values():
            await self._link(owner, resident)

    async def _link(self, owner: Owner, resident: MarkedResident) -> None:
        found = await self._resident_of(owner, owner.known_by, resident)
        staged = owner.staged and await self._resident_of(owner, owner.staged.known_by, resident)
        linked = methodcaller("linked", found, staged=staged)
        if linked(owner) != (owner, ()):
            await self.owners.change(owner.community_id, owner.id, linked)
        await self._tell(owner, found.person_key if found else None)

    async def _resident_of(
        self, owner: Owner, marks: OwnerMarks, resident: MarkedResident
    ) -> ResidentLink | None:
        alike = await self.residents.with_marks(owner.community_id, marks.of_a_resident)
        return resident_of(marks, [*alike, resident])

    async def _tell(self, owner: Owner, person_key: str | None) -> None:
        """Let every dwelling that they own know who they are."""
        known_as = methodcaller("with_resident", owner.id, person_key, self.now())
        after: Cursor | None = None
        while True:
            page = await self.ownerships.of_owner(
                owner.community_id, owner.id, first=_PAGE, after=after
            )
            for ownership in page.items:
                await self.ownerships.change(ownership.community_id, ownership.id, known_as)
            if not page.has_next_page:
                return
            after = page.cursors[-1]
