"""Give one voucher of a campaign to somebody: a claim, or a reward."""

from dataclasses import dataclass

import msgspec
from chassis.errors import RequestIdReused

from vouchers.application.cards.ports import (
    AccountNthTaken,
    ClaimKeyTaken,
    MthTaken,
    NewLot,
    NthTaken,
    Vouchers,
)
from vouchers.application.ports import Now
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.cards.eligibility import check_giving
from vouchers.domain.cards.errors import HouseholdCapReached, PersonCapReached, SoldOut
from vouchers.domain.cards.voucher import Claim, Voucher, VoucherGone


@dataclass(frozen=True)
class HandOut:
    """One update of one voucher document decides.

    Which voucher and which n-th is looked up first, and the store refuses what somebody else
    took meanwhile: then the next is tried. Each round ends with a voucher, a named error, or
    because others got as many vouchers as were looked at; so it ends.
    """

    vouchers: Vouchers
    now: Now
    new_lot: NewLot

    async def earlier(self, campaign: Campaign, claim_key: str) -> Voucher | None:
        """What this claim gave before, whatever became of the campaign since.

        Raises: RequestIdReused when it was for another campaign.
        """
        there = await self.vouchers.of_claim(campaign.community_id, claim_key)
        if there is not None and there.campaign_id != campaign.id:
            raise RequestIdReused
        return there

    async def __call__(self, campaign: Campaign, claim: Claim) -> Voucher:
        """Give one.

        Raises: CampaignPaused; CampaignNotLive; ClaimWindowClosed; PersonCapReached;
            HouseholdCapReached; SoldOut; RequestIdReused; TooMuchContention.
        Emits: voucher.claimed v1.
        """
        check_giving(campaign, self.now())
        claim = await self._placed(campaign, claim)
        while True:
            for voucher_id in await self._candidates(campaign):
                try:
                    return await self._taken(campaign, voucher_id, claim)
                except VoucherGone:
                    continue
                except (NthTaken, MthTaken, AccountNthTaken) as taken:
                    claim = _next(claim, taken)
                except ClaimKeyTaken:
                    if there := await self.earlier(campaign, claim.key):
                        return there
                check_caps(campaign, claim)

    async def _placed(self, campaign: Campaign, claim: Claim) -> Claim:
        holder = claim.holder
        held = await self.vouchers.held(campaign.community_id, campaign.id, holder)
        placed = msgspec.structs.replace(
            claim,
            nth=held.by_person + 1,
            mth=held.by_household + 1 if holder.household_id else None,
            account_nth=held.by_account + 1 if holder.account_id else None,
        )
        check_caps(campaign, placed)
        return placed

    async def _candidates(self, campaign: Campaign) -> tuple[str, ...]:
        at = self.now()
        found = await self.vouchers.claimable(
            campaign.community_id, campaign.id, at, lot=self.new_lot()
        )
        if not found:
            raise SoldOut(await self.vouchers.next_release(campaign.community_id, campaign.id, at))
        return tuple(found)

    async def _taken(self, campaign: Campaign, voucher_id: str, claim: Claim) -> Voucher:
        at = self.now()
        return await self.vouchers.change(
            campaign.community_id, voucher_id, lambda voucher: voucher.claim(claim, at)
        )


def _next(claim: Claim, taken: NthTaken | MthTaken | AccountNthTaken) -> Claim:
    if isinstance(taken, NthTaken):
        return msgspec.structs.replace(claim, nth=claim.nth + 1)
    if isinstance(taken, MthTaken):
        return msgspec.structs.replace(claim, mth=(claim.mth or 0) + 1)
    return msgspec.structs.replace(claim, account_nth=(claim.account_nth or 0) + 1)


def check_caps(campaign: Campaign, claim: Claim) -> None:
    """Raises: PersonCapReached; HouseholdCapReached."""
    if max(claim.nth, claim.account_nth or 0) > campaign.terms.per_person:
        raise PersonCapReached
    if claim.mth is not None and claim.mth > campaign.terms.per_household:
        raise HouseholdCapReached
