"""Give one voucher of a campaign to somebody: a claim, or a reward."""

from dataclasses import dataclass

import msgspec
from chassis.errors import RequestIdReused

from vouchers.application.cards.free_vouchers import FreeVouchers
from vouchers.application.cards.ports import (
    AccountNthTaken,
    Candidate,
    ClaimKeyTaken,
    MthTaken,
    NthTaken,
    Vouchers,
)
from vouchers.application.ports import Now
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.cards.eligibility import check_giving
from vouchers.domain.cards.errors import HouseholdCapReached, PersonCapReached, SoldOut
from vouchers.domain.cards.voucher import Claim, Voucher, VoucherGone

_Taken = (NthTaken, MthTaken, AccountNthTaken)


@dataclass(frozen=True)
class HandOut:
    """One update of one voucher document decides, and hardly anything is read before.

    Everybody is taken to have none yet. The store refuses an n-th that somebody has already: then
    it is looked up which is theirs, and whether they may have it. Each round ends with a voucher,
    a named error, a higher n-th, or because somebody else got that voucher; so it ends.
    """

    vouchers: Vouchers
    free: FreeVouchers
    now: Now

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
            HouseholdCapReached; SoldOut; RequestIdReused.
        Emits: voucher.claimed v1.
        """
        check_giving(campaign, self.now())
        claim = _as_the_first(claim)
        while True:
            candidate = await self._candidate(campaign, claim)
            try:
                if voucher := await self._taken(candidate, claim):
                    return voucher
            except VoucherGone:
                continue
            except _Taken as taken:
                self.free.give_back(campaign, candidate)
                claim = await self._placed(campaign, _next(claim, taken))
            except ClaimKeyTaken:
                self.free.give_back(campaign, candidate)
                if there := await self.earlier(campaign, claim.key):
                    return there

    async def _candidate(self, campaign: Campaign, claim: Claim) -> Candidate:
        try:
            return await self.free.next(campaign)
        except SoldOut:
            await self._placed(campaign, claim)  # who has all that is theirs is told that first
            raise

    async def _placed(self, campaign: Campaign, claim: Claim) -> Claim:
        """The claim with numbers that nobody has, as far as can be seen.

        Raises: PersonCapReached; HouseholdCapReached.
        """
        held = await self.vouchers.held(campaign.community_id, campaign.id, claim.holder)
        placed = msgspec.structs.replace(
            claim,
            nth=max(claim.nth, held.by_person + 1),
            mth=claim.mth and max(claim.mth, held.by_household + 1),
            account_nth=claim.account_nth and max(claim.account_nth, held.by_account + 1),
        )
        check_caps(campaign, placed)
        return placed

    async def _taken(self, candidate: Candidate, claim: Claim) -> Voucher | None:
        at = self.now()
        return await self.vouchers.take(candidate, lambda voucher: voucher.claim(claim, at))


def _as_the_first(claim: Claim) -> Claim:
    holder = claim.holder
    return msgspec.structs.replace(
        claim,
        nth=1,
        mth=1 if holder.household_id else None,
        account_nth=1 if holder.account_id else None,
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
