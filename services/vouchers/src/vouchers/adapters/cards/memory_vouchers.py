"""Vouchers in memory, for unit tests; they pass the contract tests of the real ones."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from chassis.aggregates import Event, Page
from chassis.requests import Request
from chassis.testing import MemoryAggregates

from vouchers.adapters.cards.mint import new_voucher
from vouchers.application.cards.ports import (
    AccountNthTaken,
    Candidate,
    ClaimKeyTaken,
    Held,
    Look,
    MthTaken,
    NthTaken,
    UseIdTaken,
)
from vouchers.application.ports import Cursor
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.cards.codes import KeyedHash
from vouchers.domain.cards.errors import VoucherNotFound
from vouchers.domain.cards.minting import carried
from vouchers.domain.cards.voucher import Changed, Holder, Voucher, VoucherState


class MemoryVouchers(MemoryAggregates[Voucher]):
    """The ports `Vouchers` of cards and `VoucherMint` of campaigns."""

    def __init__(self, *, code_hash: KeyedHash) -> None:
        super().__init__(not_found=lambda _: VoucherNotFound())
        self._code_hash = code_hash

    async def change(
        self,
        community_id: str,
        aggregate_id: str,
        transition: Callable[[Voucher], tuple[Voucher, Sequence[Event]]],
        *,
        request: Request | None = None,
    ) -> Voucher:
        """See the port."""

        def refused_where_taken(before: Voucher) -> tuple[Voucher, Sequence[Event]]:
            after, events = transition(before)
            self._check_unique(after)
            return after, events

        return await super().change(
            community_id, aggregate_id, refused_where_taken, request=request
        )

    async def insert_missing(self, campaign: Campaign, slots: range) -> int:
        """See the port."""
        return await self.add_many(
            [(new_voucher(campaign, slot, self._code_hash), ()) for slot in slots]
        )

    async def count(self, campaign: Campaign) -> int:
        """See the port."""
        return len(self._of_campaign(campaign.community_id, campaign.id))

    async def carry(self, campaign: Campaign, *, limit: int) -> int:
        """See the port."""
        behind = [
            voucher
            for voucher in self._of_campaign(campaign.community_id, campaign.id)
            if voucher.campaign_change_number < campaign.change_number
        ][:limit]
        for voucher in behind:
            await self.change(voucher.community_id, voucher.id, lambda v: carried(v, campaign))
        return len(behind)

    async def of_claim(self, community_id: str, claim_key: str) -> Voucher | None:
        """See the port."""
        found = [v for v in self.all if (v.community_id, v.claim_key) == (community_id, claim_key)]
        return found[0] if found else None

    async def of_use(self, community_id: str, use_id: str) -> Voucher | None:
        """See the port."""
        found = [v for v in self.all if v.community_id == community_id and v.use_of(use_id)]
        return found[0] if found else None

    async def of_lookup_number(self, community_id: str, number: str) -> list[Voucher]:
        """See the port."""
        return [v for v in self.all if (v.community_id, v.lookup_number) == (community_id, number)]

    async def held(self, community_id: str, campaign_id: str, holder: Holder) -> Held:
        """See the port."""
        taken = [v for v in self._of_campaign(community_id, campaign_id) if v.claimed_at]
        home, account = holder.household_id, holder.account_id
        return Held(
            sum(v.person_key == holder.person_key for v in taken),
            sum(home is not None and v.household_id == home for v in taken),
            sum(account is not None and v.account_id == account for v in taken),
        )

    async def held_of(self, community_id: str, holder: Holder) -> Mapping[str, int]:
        """See the port."""
        taken = [v for v in self.all if v.community_id == community_id and v.claimed_at]
        person, account = holder.person_key, holder.account_id
        by_person = Counter(v.campaign_id for v in taken if v.person_key == person)
        by_account = Counter(v.campaign_id for v in taken if account and v.account_id == account)
        return by_person | by_account

    async def with_some_left(
        self, community_id: str, campaign_ids: Sequence[str], at: datetime
    ) -> AbstractSet[str]:
        """See the port."""
        return {
            campaign_id
            for campaign_id in campaign_ids
            if any(v.claimable_from <= at for v in self._free(community_id, campaign_id))
        }

    async def claimable(
        self, community_id: str, campaign_id: str, at: datetime, *, lot: int
    ) -> Look:
        """See the port."""
        left = self._free(community_id, campaign_id)
        free = [v for v in left if v.claimable_from <= at]
        ordered = sorted(free, key=lambda v: (v.claimable_from, v.lot < lot, v.lot))
        first = min((v.claimable_from for v in left), default=None)
        return Look([Candidate(v, 0) for v in ordered], next_release=None if free else first)

    async def take(
        self, candidate: Candidate, transition: Callable[[Voucher], Changed]
    ) -> Voucher | None:
        """See the port."""
        before = candidate.voucher
        transition(before)
        if await self.get(before.community_id, before.id) != before:
            return None
        return await self.change(before.community_id, before.id, transition)

    async def of_holder(
        self, community_id: str, holder: Holder, *, first: int, after: Cursor | None
    ) -> Page[Voucher]:
        """See the port."""
        placed = sorted(
            (
                (((v.claimed_at, v.id)), v)
                for v in self.all
                if v.community_id == community_id
                and v.claimed_at is not None
                and (v.person_key == holder.person_key or v.account_id == holder.account_id)
            ),
            key=lambda each: each[0],
            reverse=True,
        )
        beyond = [each for each in placed if after is None or each[0] < after]
        return Page(
            [v for _, v in beyond[:first]],
            [place for place, _ in beyond[:first]],
            len(beyond) > first,
        )

    async def count_due(self, at: datetime) -> int:
        """See the port."""
        return len(self._due(at))

    async def expire_due(
        self, at: datetime, transition: Callable[[Voucher], Changed], *, limit: int
    ) -> int:
        """See the port."""
        due = self._due(at)[:limit]
        for voucher in due:
            await self.change(voucher.community_id, voucher.id, transition)
        return len(due)

    def _due(self, at: datetime) -> list[Voucher]:
        return [v for v in self.all if v.state is VoucherState.CLAIMED and v.usable_until <= at]

    def _of_campaign(self, community_id: str, campaign_id: str) -> list[Voucher]:
        return [
            v for v in self.all if (v.community_id, v.campaign_id) == (community_id, campaign_id)
        ]

    def _free(self, community_id: str, campaign_id: str) -> list[Voucher]:
        vouchers = self._of_campaign(community_id, campaign_id)
        return [v for v in vouchers if v.state is VoucherState.AVAILABLE]

    def _check_unique(self, after: Voucher) -> None:
        if after.person_key is None:
            return
        for other in self.all:
            if other.id != after.id and other.community_id == after.community_id:
                _check_apart(other, after)


def _check_apart(other: Voucher, after: Voucher) -> None:
    """As the unique indexes do."""
    if other.claim_key == after.claim_key:
        raise ClaimKeyTaken
    if {use.id for use in other.uses} & {use.id for use in after.uses}:
        raise UseIdTaken
    if other.campaign_id != after.campaign_id:
        return
    if (other.person_key, other.nth) == (after.person_key, after.nth):
        raise NthTaken
    household, there = (after.household_id, after.mth), (other.household_id, other.mth)
    if after.household_id and household == there:
        raise MthTaken
    account, there = (after.account_id, after.account_nth), (other.account_id, other.account_nth)
    if after.account_nth and account == there:
        raise AccountNthTaken
