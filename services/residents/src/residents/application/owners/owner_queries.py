"""Who owns what, as far as the reader may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from residents.application.archive.ports import Today
from residents.application.authorisation import demand
from residents.application.listing import ReadPage, picked
from residents.application.owners.ports import (
    OwnerIdentities,
    Owners,
    Ownerships,
    PageOf,
    Registers,
)
from residents.application.owners.reach import OwnReach, reaches_all, reaches_some
from residents.application.owners.shown import ShownOwner, ShownPeriod, shown_owner, shown_period
from residents.application.owners.visible_edition import visible_edition
from residents.application.ports import Cursor
from residents.domain.owners.owner import Owner
from residents.domain.owners.ownership import Ownership
from residents.domain.owners.periods import Period
from residents.domain.owners.permissions import READ_OWNERS, SCOPED, may_read_period
from residents.domain.roles import Actor

_PAGE = 100


class ShownPage(msgspec.Struct, frozen=True):
    """Some of a list of dwellings; those out of the reader's reach are passed over."""

    items: list[ShownPeriod]
    cursors: list[Cursor]
    has_next_page: bool


class OwnedPeriod(msgspec.Struct, frozen=True):
    """A period of a dwelling, before its owners are read."""

    ownership: Ownership
    period: Period
    until: date | None


@dataclass(frozen=True)
class OwnerQueries:
    """Every read of an actor is of the actor's own community."""

    ownerships: Ownerships
    owners: Owners
    registers: Registers
    own_reach: OwnReach
    identities: OwnerIdentities
    today: Today

    async def owners_on(
        self, actor: Actor, asked: Sequence[tuple[str, date | None]]
    ) -> list[ShownPeriod | None]:
        """Who owned each household on a day, today if none is named, in the order asked.

        None for one of which nothing is known, or that the actor may not read.
        Raises: Forbidden.
        """
        demand(actor, READ_OWNERS)
        edition = await self.edition(actor)
        ids = [self.identities.ownership(household_id) for household_id, _ in asked]
        found = await self.ownerships.get_many(actor.community_id, ids)
        own = await self.own_reach.owner_ids(actor)
        periods = [
            _on_day(ownership, day or self.today(), edition) if ownership else None
            for ownership, (_, day) in zip(found, asked, strict=True)
        ]
        readable = [each if each and _may_read(actor, each, own) else None for each in periods]
        shown = iter(await self.shown(actor, [each for each in readable if each], edition))
        return [next(shown) if each else None for each in readable]

    async def history(self, actor: Actor, household_id: str) -> list[ShownPeriod]:
        """Who owned a household over time, the latest first; what the actor may read of it.

        Raises: Forbidden.
        """
        demand(actor, READ_OWNERS)
        edition = await self.edition(actor)
        ownership_id = self.identities.ownership(household_id)
        (ownership,) = await self.ownerships.get_many(actor.community_id, [ownership_id])
        if ownership is None:
            return []
        own = await self.own_reach.owner_ids(actor)
        periods = [each for each in _periods(ownership, edition) if _may_read(actor, each, own)]
        return await self.shown(actor, periods[::-1], edition)

    async def owners_by_id(self, actor: Actor, ids: Sequence[str]) -> list[ShownOwner | None]:
        """In the order of the ids; None for one whom the actor may not read.

        Raises: Forbidden.
        """
        demand(actor, READ_OWNERS)
        edition = await self.edition(actor)
        own = await self.own_reach.owner_ids(actor)
        found = await self.owners.get_many(actor.community_id, ids)
        return [
            shown_owner(owner, edition)
            if owner is not None
            and owner.is_visible(edition)
            and await self._may_read_owner(actor, owner, own)
            else None
            for owner in found
        ]

    async def dwellings_of(
        self, actor: Actor, owner_id: str, *, first: int, after: Cursor | None
    ) -> ShownPage:
        """What somebody owns now, by building and door; only what the actor may read.

        Raises: Forbidden.
        """
        demand(actor, READ_OWNERS)
        own = await self.own_reach.owner_ids(actor)

        async def read(at_once: int, place: Cursor | None) -> PageOf[Ownership]:
            return await self.ownerships.of_owner(
                actor.community_id, owner_id, first=at_once, after=place
            )

        return await self.shown_page(actor, read, first=first, after=after, own=own)

    async def edition(self, actor: Actor) -> int:
        """The edition of the register that is seen."""
        return await visible_edition(self.registers, self.identities, actor.community_id)

    async def shown_page(
        self,
        actor: Actor,
        read: ReadPage[Ownership],
        *,
        first: int,
        after: Cursor | None,
        own: frozenset[str] = frozenset(),
    ) -> ShownPage:
        """The present owners of a list's next dwellings that are within reach.

        Args:
            own: the owners that the actor is.
        """
        edition, today = await self.edition(actor), self.today()

        def is_readable(ownership: Ownership) -> bool:
            present = _on_day(ownership, today, edition)
            return present is not None and _may_read(actor, present, own)

        page = await picked(read, is_readable, first=first, after=after)
        present = [_on_day(ownership, today, edition) for ownership in page.items]
        return ShownPage(
            items=await self.shown(actor, [each for each in present if each], edition),
            cursors=list(page.cursors),
            has_next_page=page.has_next_page,
        )

    async def shown(
        self, actor: Actor, periods: Sequence[OwnedPeriod], edition: int
    ) -> list[ShownPeriod]:
        """Periods with their owners, who are read at once."""
        ids = list(dict.fromkeys(i for each in periods for i in each.period.holding.owner_ids))
        found = await self.owners.get_many(actor.community_id, ids) if ids else []
        owners = {owner.id: shown_owner(owner, edition) for owner in found if owner is not None}
        return [
            shown_period(each.ownership.dwelling, each.period, each.until, owners)
            for each in periods
        ]

    async def _may_read_owner(self, actor: Actor, owner: Owner, own: frozenset[str]) -> bool:
        if owner.id in own or reaches_all(actor):
            return True
        if not reaches_some(actor):
            return False
        after: Cursor | None = None
        while True:
            page = await self.ownerships.of_owner(
                actor.community_id, owner.id, first=_PAGE, after=after
            )
            if any(actor.reaches(each.dwelling.estate_id, *SCOPED) for each in page.items):
                return True
            if not page.has_next_page:
                return False
            after = page.cursors[-1]


def _may_read(actor: Actor, each: OwnedPeriod, own: frozenset[str]) -> bool:
    estate_id = each.ownership.dwelling.estate_id
    return may_read_period(actor, each.period, estate_id=estate_id, own_owner_ids=own)


def _periods(ownership: Ownership, edition: int) -> list[OwnedPeriod]:
    """The history, the earliest first, each with the day on which it ended."""
    history = ownership.history(edition)
    ends = [*(period.valid_from for period in history[1:]), None]
    return [
        OwnedPeriod(ownership, period, until) for period, until in zip(history, ends, strict=False)
    ]


def _on_day(ownership: Ownership, day: date, edition: int) -> OwnedPeriod | None:
    begun = [each for each in _periods(ownership, edition) if each.period.valid_from <= day]
    return begun[-1] if begun else None
