"""Thank the reporter of a settled matter with a voucher."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vouchers.application.campaigns.ports import Campaigns
from vouchers.application.cards.account_holders import AccountHolders
from vouchers.application.cards.hand_out import HandOut
from vouchers.application.cards.owed_rewards import OwedRewards
from vouchers.domain.campaigns.campaign import Campaign, CampaignState
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
from vouchers.domain.cards.owed_reward import OwedReward
from vouchers.domain.cards.voucher import Claim, How


class RewardOutcome(StrEnum):
    """What came of a reward, as operators count it."""

    GIVEN = "given"
    OWED = "owed"
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
    """One voucher an issue, however often it is confirmed or told of.

    What a campaign will give later, because it is paused, still being made or lets out the next
    tomorrow, is owed until then.
    """

    campaigns: Campaigns
    holders: AccountHolders
    hand_out: HandOut
    owed: OwedRewards

    async def __call__(self, earned: OwedReward) -> RewardOutcome:
        """Give one, of the oldest campaign that has one for this person.

        Emits: voucher.claimed v1.
        """
        campaigns = await self.campaigns.rewarding(earned.community_id, Reward.ISSUE_CONFIRMED)
        account = await self.holders.find(earned.community_id, earned.account_id)
        if campaigns and (account is None or account.home is None):
            return RewardOutcome.NOT_VERIFIED
        outcomes = [RewardOutcome.NO_CAMPAIGN]
        for campaign in campaigns:
            outcomes.append(await self._of(campaign, account, earned))
            if outcomes[-1] is RewardOutcome.GIVEN:
                break
        if RewardOutcome.GIVEN not in outcomes and RewardOutcome.OWED in outcomes:
            await self.owed.keep(earned)
            return RewardOutcome.OWED
        await self.owed.forget(earned)
        return outcomes[-1]

    async def _of(
        self, campaign: Campaign, account: AccountHolder | None, earned: OwedReward
    ) -> RewardOutcome:
        if await self.hand_out.vouchers.of_claim(campaign.community_id, earned.claim_key):
            return RewardOutcome.GIVEN
        try:
            holder = eligible_holder(campaign, account)
            claim = Claim(
                key=earned.claim_key, holder=holder, how=How.REWARD, source_id=earned.issue_id
            )
            await self.hand_out(campaign, claim)
        except tuple(_WHY_NOT) as refused:
            later = gives_later(campaign, refused, self.hand_out.now())
            return RewardOutcome.OWED if later else _WHY_NOT[type(refused)]
        return RewardOutcome.GIVEN


def gives_later(campaign: Campaign, refused: Exception, at: datetime) -> bool:
    """Whether a campaign that gave nothing now may still give something to the same person."""
    terms = campaign.terms
    match refused:
        case CampaignPaused() | CampaignNotLive():
            return campaign.state is not CampaignState.ENDED and at < terms.claim_until
        case ClaimWindowClosed():
            return at < terms.claim_from
        case SoldOut(more_at=more_at):
            return more_at is not None and more_at < terms.claim_until
        case _:
            return False
