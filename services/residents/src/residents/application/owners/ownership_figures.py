"""What is known of ownership in a community, as figures that open their rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from chassis.errors import Forbidden

from residents.application.authorisation import demand
from residents.application.owners.owner_queries import OwnerQueries, ShownPage
from residents.application.owners.ports import (
    Dwellings,
    NoRegister,
    OwnerIdentities,
    Owners,
    Ownerships,
    PageOf,
    Registers,
)
from residents.application.owners.reach import reaches_all
from residents.application.owners.shown import ShownOwner, shown_owner
from residents.application.ports import Cursor, Now
from residents.domain.owners.owner import ALL_OWNERS, Residence
from residents.domain.owners.ownership import Ownership, OwnershipList
from residents.domain.owners.permissions import OWNERSHIP_FIGURES
from residents.domain.owners.register import OwnersRegister
from residents.domain.roles import Actor


class OwnershipFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of a community; each is that of a list.

    Attributes:
        as_of: the day of the last register that was imported.
        dwellings: all households of the archive.
        owners: everybody who owns something now.
        by_residence: the same by where they live, as far as that can be said.
    """

    counted_at: datetime
    as_of: date | None
    dwellings: int
    known: int
    co_owned: int
    owners: int
    by_residence: dict[Residence, int]

    @property
    def unknown(self) -> int:
        """Dwellings of which nobody knows who owns them."""
        return max(0, self.dwellings - self.known)


class OwnerPage(msgspec.Struct, frozen=True):
    """Some of a list of owners."""

    items: Sequence[ShownOwner]
    cursors: Sequence[Cursor]
    has_next_page: bool


@dataclass(frozen=True)
class ReadOwnershipFigures:
    """For who reads of the whole community; every figure is counted by an index when asked for."""

    ownerships: Ownerships
    owners: Owners
    registers: Registers
    dwellings: Dwellings
    queries: OwnerQueries
    identities: OwnerIdentities
    now: Now

    async def __call__(self, actor: Actor) -> OwnershipFigures:
        """Count. Raises: Forbidden."""
        self._check(actor)
        community_id = actor.community_id
        register = await self._register(community_id)
        known = await self.ownerships.count_of_list(community_id, OwnershipList.KNOWN)
        return OwnershipFigures(
            counted_at=self.now(),
            as_of=register.as_of if register else None,
            dwellings=max(known, await self.dwellings.count(community_id)),
            known=known,
            co_owned=await self.ownerships.count_of_list(community_id, OwnershipList.CO_OWNED),
            owners=await self._count(community_id, ALL_OWNERS, register),
            by_residence={
                residence: await self._count(community_id, residence.value, register)
                for residence in Residence
            },
        )

    async def dwelling_rows(
        self, actor: Actor, of: OwnershipList, *, first: int, after: Cursor | None
    ) -> ShownPage:
        """The dwellings that a figure counts. Raises: Forbidden."""
        self._check(actor)

        async def read(at_once: int, place: Cursor | None) -> PageOf[Ownership]:
            return await self.ownerships.of_list(actor.community_id, of, first=at_once, after=place)

        return await self.queries.shown_page(actor, read, first=first, after=after)

    async def owner_rows(
        self, actor: Actor, of: str, *, first: int, after: Cursor | None
    ) -> OwnerPage:
        """The owners that a figure counts. Raises: Forbidden."""
        self._check(actor)
        edition = await self.queries.edition(actor)
        page = await self.owners.of_list(
            actor.community_id, of, edition=edition, first=first, after=after
        )
        shown = [shown_owner(owner, edition) for owner in page.items]
        return OwnerPage(shown, page.cursors, page.has_next_page)

    def _check(self, actor: Actor) -> None:
        demand(actor, OWNERSHIP_FIGURES)
        if not reaches_all(actor):
            raise Forbidden

    async def _count(self, community_id: str, of: str, register: OwnersRegister | None) -> int:
        edition = register.edition if register else 0
        return await self.owners.count_of_list(community_id, of, edition=edition)

    async def _register(self, community_id: str) -> OwnersRegister | None:
        try:
            return await self.registers.get(community_id, self.identities.register(community_id))
        except NoRegister:
            return None
