"""The stores in memory, for unit tests; they pass the contract tests of the real ones."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from operator import methodcaller

from chassis.aggregates import Page
from chassis.testing import MemoryAggregates

from residents.application.owners.ports import NoRegister
from residents.application.ports import Cursor
from residents.domain.owners.errors import OwnerNotFound, OwnershipNotFound
from residents.domain.owners.owner import Owner
from residents.domain.owners.ownership import Ownership, OwnershipList
from residents.domain.owners.register import OwnersRegister


class MemoryOwnerships(MemoryAggregates[Ownership]):
    """Ownerships in memory."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(not_found=lambda _: OwnershipNotFound())
        self._now = now

    async def of_list(
        self, community_id: str, of: OwnershipList, *, first: int, after: Cursor | None = None
    ) -> Page[Ownership]:
        """See `Ownerships.of_list`."""
        return _page((one for one in self._of(community_id) if of in one.lists), first, after)

    async def count_of_list(self, community_id: str, of: OwnershipList) -> int:
        """See `Ownerships.count_of_list`."""
        return sum(of in one.lists for one in self._of(community_id))

    async def of_owner(
        self, community_id: str, owner_id: str, *, first: int, after: Cursor | None = None
    ) -> Page[Ownership]:
        """See `Ownerships.of_owner`."""
        theirs = (one for one in self._of(community_id) if owner_id in one.owner_ids)
        return _page(theirs, first, after)

    async def ever_of_owner(
        self, community_id: str, owner_id: str, *, first: int, after: Cursor | None = None
    ) -> Page[Ownership]:
        """See `Ownerships.ever_of_owner`."""
        theirs = (one for one in self._of(community_id) if owner_id in one.all_owner_ids)
        return _page(theirs, first, after)

    async def owning_among(self, community_id: str, owner_ids: Sequence[str]) -> frozenset[str]:
        """See `Ownerships.owning_among`."""
        owning = {owner_id for one in self._of(community_id) for owner_id in one.owner_ids}
        return frozenset(owning.intersection(owner_ids))

    async def of_building(self, community_id: str, building_id: str) -> list[Ownership]:
        """See `Ownerships.of_building`."""
        return [o for o in self._of(community_id) if o.dwelling.building_id == building_id]

    async def of_owners(self, community_id: str, owners_mark: str) -> list[Ownership]:
        """See `Ownerships.of_owners`."""
        return [one for one in self._of(community_id) if one.owners_mark == owners_mark]

    async def settle(self, community_id: str, edition: int, *, limit: int) -> list[Ownership]:
        """See `Ownerships.settle`."""
        found = self._staged(community_id, edition)[:limit]
        for one in found:
            await self.change(community_id, one.id, methodcaller("settled", edition, self._now()))
        return found

    async def unstage(self, community_id: str, *, above: int, upto: int) -> None:
        """See `Ownerships.unstage`."""
        for edition in range(above + 1, upto + 1):
            forget = methodcaller("unstaged", edition)
            for one in self._staged(community_id, edition):
                await self.change(community_id, one.id, forget)

    def _staged(self, community_id: str, edition: int) -> list[Ownership]:
        return [o for o in self._of(community_id) if o.staged and o.staged.edition == edition]

    def _of(self, community_id: str) -> list[Ownership]:
        """Of a community, by door."""
        return sorted((one for one in self.all if one.community_id == community_id), key=_place)


class MemoryOwners(MemoryAggregates[Owner]):
    """Owners in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=lambda _: OwnerNotFound())

    async def has_any(self, community_id: str) -> bool:
        """See `Owners.has_any`."""
        return bool(self._of(community_id))

    async def with_marks(self, community_id: str, marks: Sequence[str]) -> list[Owner]:
        """See `Owners.with_marks`."""
        wanted = set(marks)
        return [
            one
            for one in self._of(community_id)
            if wanted & {*one.marks, *(one.staged.marks if one.staged else ())}
        ]

    async def of_residents(self, community_id: str, resident_ids: Sequence[str]) -> list[Owner]:
        """See `Owners.of_residents`."""
        return [
            one
            for one in self._of(community_id)
            if any(
                link and link.resident_id in resident_ids
                for link in (one.resident, one.staged and one.staged.resident)
            )
        ]

    async def of_list(
        self, community_id: str, of: str, *, edition: int, first: int, after: Cursor | None = None
    ) -> Page[Owner]:
        """See `Owners.of_list`."""
        listed = self._listed(community_id, of, edition)
        rest = [one for one in listed if after is None or (one.id,) > after]
        return Page(rest[:first], [(one.id,) for one in rest[:first]], len(rest) > first)

    async def count_of_list(self, community_id: str, of: str, *, edition: int) -> int:
        """See `Owners.count_of_list`."""
        return len(self._listed(community_id, of, edition))

    async def settle(self, community_id: str, edition: int, *, limit: int) -> int:
        """See `Owners.settle`."""
        found = self._staged(community_id, range(edition, edition + 1))[:limit]
        for one in found:
            await self.change(community_id, one.id, methodcaller("settled", edition))
        return len(found)

    async def unstage(self, community_id: str, *, above: int, upto: int) -> None:
        """See `Owners.unstage`."""
        editions = range(above + 1, upto + 1)
        for one in self._staged(community_id, editions):
            await self.change(community_id, one.id, methodcaller("unstaged", _edition(one)))
        for one in self._of(community_id):
            if one.from_edition in editions:
                del self._kept[community_id, one.id]

    def _staged(self, community_id: str, editions: range) -> list[Owner]:
        return [one for one in self._of(community_id) if one.staged and _edition(one) in editions]

    def _listed(self, community_id: str, of: str, edition: int) -> list[Owner]:
        return [o for o in self._of(community_id) if of in o.lists and o.is_visible(edition)]

    def _of(self, community_id: str) -> list[Owner]:
        of_community = [one for one in self.all if one.community_id == community_id]
        return sorted(of_community, key=lambda one: one.id)


class MemoryRegisters(MemoryAggregates[OwnersRegister]):
    """Registers in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=NoRegister)


def _edition(owner: Owner) -> int:
    return owner.staged.edition if owner.staged else 0


def _place(ownership: Ownership) -> tuple[str, str]:
    return ownership.dwelling.order_key, ownership.id


def _page(listed: Iterable[Ownership], first: int, after: Cursor | None) -> Page[Ownership]:
    rest = [one for one in listed if after is None or _place(one) > after]
    return Page(rest[:first], [_place(one) for one in rest[:first]], len(rest) > first)
