"""What recording and transferring have in common: owners are found or entered, then the change."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
from chassis.requests import Request

from residents.application.archive.ports import Today
from residents.application.owners.owner_book import Mention, OwnerBook, Recognised
from residents.application.owners.ports import (
    Dwellings,
    OwnerIdentities,
    Owners,
    Ownerships,
    Registers,
)
from residents.application.owners.visible_edition import visible_edition
from residents.application.ports import Now
from residents.domain.archive.errors import HouseholdNotFound
from residents.domain.owners.errors import OwnerNotFound, OwnershipNotFound
from residents.domain.owners.owner import Owner, ResidentLink
from residents.domain.owners.ownership import Events, Ownership, People
from residents.domain.owners.periods import Holding, Period, Stake
from residents.domain.owners.shares import Share
from residents.domain.owners.typed_owners import TypedOwner, checked_owner
from residents.domain.permissions import OFFICE
from residents.domain.roles import Actor

Outcome = tuple[Ownership, Events]


class OrderedStake(msgspec.Struct, frozen=True, kw_only=True):
    """An owner as somebody at a desk names one: known already, or described.

    Attributes:
        share: numerator and denominator; None in joint ownership, and of a single owner.
    """

    owner: str | TypedOwner
    share: tuple[int, int] | None


class OwnershipOrder(msgspec.Struct, frozen=True, kw_only=True):
    """Whose a dwelling is, from a day on."""

    household_id: str
    valid_from: date
    stakes: tuple[OrderedStake, ...]


class Change(msgspec.Struct, frozen=True):
    """All that a transition needs to know."""

    period: Period
    people: People
    edition: int
    today: date


Transition = Callable[[Ownership, Change], Outcome]


class Party(msgspec.Struct, frozen=True):
    """An owner of the order, once it is known who they are.

    Attributes:
        described: None for who was chosen by id.
    """

    owner_id: str
    resident: ResidentLink | None
    described: Recognised | None = None


class _Rehearsed(Exception):
    """The change may be made, and nothing is written yet."""


@dataclass(frozen=True)
class OwnershipByHand:
    """One change of one dwelling.

    It is rehearsed first, so that owners are entered only for a change that will stand; after a
    crash between the writes the same request goes on.
    """

    ownerships: Ownerships
    owners: Owners
    registers: Registers
    dwellings: Dwellings
    book: OwnerBook
    identities: OwnerIdentities
    today: Today
    now: Now

    async def make(
        self, actor: Actor, order: OwnershipOrder, transition: Transition, *, request: Request
    ) -> Ownership:
        """Find the owners, enter those who are new, change the dwelling.

        Raises: HouseholdNotFound; OwnerNotFound; RequestIdReused; what `checked_owner`,
            `Share.of`, `Holding.of` and the transition raise.
        """
        community_id = actor.community_id
        edition = await visible_edition(self.registers, self.identities, community_id)
        ownership = await self._ownership(actor, order.household_id)
        parties = await self._parties(ownership, order, edition)
        change = self._change(order, parties, edition)
        repeated = await self._rehearsed(ownership, transition, change, request)
        if repeated is not None:
            return repeated
        described = [party.described for party in parties if party.described is not None]
        await self.book.enter(community_id, described, shown_from=edition, by_hand=True)
        if not ownership.version:
            await self.ownerships.add(ownership)
        return await self.ownerships.change(
            community_id, ownership.id, lambda kept: transition(kept, change), request=request
        )

    async def _rehearsed(
        self, ownership: Ownership, transition: Transition, change: Change, request: Request
    ) -> Ownership | None:
        """Try the change without writing. Returns: the outcome of the same request before."""

        def rehearse(kept: Ownership) -> Outcome:
            transition(kept, change)
            raise _Rehearsed

        try:
            if not ownership.version:
                rehearse(ownership)
            return await self.ownerships.change(
                ownership.community_id, ownership.id, rehearse, request=request
            )
        except _Rehearsed:
            return None

    async def _ownership(self, actor: Actor, household_id: str) -> Ownership:
        (dwelling,) = await self.dwellings.by_ids(actor.community_id, [household_id])
        if dwelling is None or not actor.reaches(dwelling.estate_id, *OFFICE):
            raise HouseholdNotFound
        ownership_id = self.identities.ownership(household_id)
        try:
            return await self.ownerships.get(actor.community_id, ownership_id)
        except OwnershipNotFound:
            return Ownership.unknown(
                ownership_id, community_id=actor.community_id, dwelling=dwelling
            )

    async def _parties(
        self, ownership: Ownership, order: OwnershipOrder, edition: int
    ) -> list[Party]:
        """Who each stake is of, in the order of the stakes."""
        now = ownership.present(edition)
        present = now.holding.owner_ids if now else ()
        mentions = [
            Mention(checked_owner(stake.owner), order.household_id, present)
            for stake in order.stakes
            if isinstance(stake.owner, TypedOwner)
        ]
        found = iter(await self.book.recognise(ownership.community_id, mentions, edition=edition))
        chosen = await self._chosen(ownership.community_id, order, edition)
        parties = []
        for stake in order.stakes:
            if isinstance(stake.owner, str):
                parties.append(Party(stake.owner, chosen[stake.owner].resident))
            else:
                described = next(found)
                parties.append(Party(described.owner_id, described.resident, described))
        return parties

    async def _chosen(
        self, community_id: str, order: OwnershipOrder, edition: int
    ) -> Mapping[str, Owner]:
        """Raises: OwnerNotFound."""
        ids = [stake.owner for stake in order.stakes if isinstance(stake.owner, str)]
        owners = await self.owners.get_many(community_id, ids) if ids else []
        chosen = {owner.id: owner for owner in owners if owner and owner.is_visible(edition)}
        if set(ids) - chosen.keys():
            raise OwnerNotFound
        return chosen

    def _change(self, order: OwnershipOrder, parties: Sequence[Party], edition: int) -> Change:
        stakes = [
            Stake(party.owner_id, Share.of(*stake.share) if stake.share else None)
            for party, stake in zip(parties, order.stakes, strict=True)
        ]
        period = Period(
            valid_from=order.valid_from,
            is_start_known=True,
            holding=Holding.of(stakes, self.identities.owners_mark),
            recorded_at=self.now(),
        )
        people = {
            party.owner_id: party.resident.person_key
            for party in parties
            if party.resident is not None
        }
        return Change(period, people, edition, self.today())
