"""A resident claims a voucher."""

from dataclasses import dataclass

from vouchers.application.authorisation import demand
from vouchers.application.campaigns.ports import Campaigns
from vouchers.application.cards.account_holders import AccountHolders
from vouchers.application.cards.hand_out import HandOut
from vouchers.domain.actors import Actor
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.cards.eligibility import eligible_holder
from vouchers.domain.cards.errors import OnlyAsReward
from vouchers.domain.cards.permissions import CLAIM
from vouchers.domain.cards.voucher import Claim, How, Voucher
from vouchers.domain.errors import VouchersError


@dataclass(frozen=True)
class ClaimVoucher:
    """First come, first served; whoever comes too late is told so at once."""

    campaigns: Campaigns
    holders: AccountHolders
    hand_out: HandOut

    async def __call__(self, actor: Actor, campaign_id: str, *, claim_key: str) -> Voucher:
        """Claim one.

        Args:
            claim_key: derived from caller and request: a repeat is given what it got before.
        Raises: Forbidden; CampaignNotFound; OnlyAsReward; NotEligible; CampaignPaused;
            CampaignNotLive; ClaimWindowClosed; PersonCapReached; HouseholdCapReached; SoldOut;
            RequestIdReused.
        Emits: voucher.claimed v1.
        """
        demand(actor, CLAIM)
        campaign = await self.campaigns.get(actor.community_id, campaign_id)
        try:
            return await self._given(actor, campaign, claim_key)
        except VouchersError:
            # Looked up last, since nearly nobody asks twice. The first of two equal requests may
            # have been heard while this one was on its way, so no refusal stands before this.
            if there := await self.hand_out.earlier(campaign, claim_key):
                return there
            raise

    async def _given(self, actor: Actor, campaign: Campaign, claim_key: str) -> Voucher:
        if campaign.terms.reward_for is not None:
            raise OnlyAsReward
        account = await self.holders.find(actor.community_id, actor.account_id)
        holder = eligible_holder(campaign, account)
        return await self.hand_out(campaign, Claim(key=claim_key, holder=holder, how=How.CLAIM))
