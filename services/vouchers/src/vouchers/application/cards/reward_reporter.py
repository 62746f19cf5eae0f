"""Thank the reporter of a settled matter with a voucher."""

from dataclasses import dataclass
from enum import StrEnum

from vouchers.application.campaigns.ports import Campaigns
from vouchers.application.cards.account_holders import AccountHolders
from vouchers.application.cards.hand_out import HandOut
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.campaigns.errors import CampaignNotLive
from vouchers.domain.campaigns.terms import Reward
from vouchers.domain.cards.account_holders import AccountHolder
from vouchers.domain.cards.eligibility import eligible_holder
from vouchers.domain.cards.errors import (
    CampaignPaused,
    ClaimWindowClosed,
    HouseholdCapReached,
    NotEligible,
    PersonCapReached,
    SoldOut,
)
from vouchers.domain.cards.voucher import Claim, How


class RewardOutcome(StrEnum):
    """What came of a reward, as operators count it."""

    GIVEN = "given"
    NO_CAMPAIGN = "no_campaign"
    NOT_VERIFIED = "not_verified"
    NOT_ELIGIBLE = "not_eligible"
    CLOSED = "closed"
    CAP_REACHED = "cap_reached"
    SOLD_OUT = "sold_out"


_WHY_NOT: dict[type[Exception], RewardOutcome] = {
    NotEligible: RewardOutcome.NOT_ELIGIBLE,
    CampaignPaused: RewardOutcome.CLOSED,
    CampaignNotLive: RewardOutcome.CLOSED,
    ClaimWindowClosed: RewardOutcome.CLOSED,
    PersonCapReached: RewardOutcome.CAP_REACHED,
    HouseholdCapReached: RewardOutcome.CAP_REACHED,
    SoldOut: RewardOutcome.SOLD_OUT,
}


@dataclass(frozen=True)
class RewardReporter:
    """One voucher an issue, however often it is confirmed or told of."""

    campaigns: Campaigns
    holders: AccountHolders
    hand_out: HandOut

    async def __call__(
        self, community_id: str, account_id: str, *, issue_id: str, claim_key: str
    ) -> RewardOutcome:
        """Give one, of the oldest live campaign that has one for this person.

        Args:
            claim_key: derived from the issue.
        Emits: voucher.claimed v1.
        """
        campaigns = await self.campaigns.live_for(community_id, Reward.ISSUE_CONFIRMED)
        account = await self.holders.find(community_id, account_id)
        if account is None or account.home is None:
            return RewardOutcome.NOT_VERIFIED
        outcome = RewardOutcome.NO_CAMPAIGN
        for campaign in campaigns:
            outcome = await self._of(campaign, account, issue_id, claim_key)
            if outcome is RewardOutcome.GIVEN:
                break
        return outcome

    async def _of(
        self, campaign: Campaign, account: AccountHolder, issue_id: str, claim_key: str
    ) -> RewardOutcome:
        if await self.hand_out.vouchers.of_claim(campaign.community_id, claim_key):
            return RewardOutcome.GIVEN
        try:
            holder = eligible_holder(campaign, account)
            claim = Claim(key=claim_key, holder=holder, how=How.REWARD, source_id=issue_id)
            await self.hand_out(campaign, claim)
        except tuple(_WHY_NOT) as refused:
            return _WHY_NOT[type(refused)]
        return RewardOutcome.GIVEN
