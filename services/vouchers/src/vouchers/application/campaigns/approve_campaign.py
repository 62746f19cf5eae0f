"""Let a campaign's money be spent."""

from dataclasses import dataclass

from chassis.requests import Request

from vouchers.application.authorisation import demand_for_all
from vouchers.application.campaigns.ports import Campaigns
from vouchers.application.ports import Now
from vouchers.domain.actors import Actor
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.campaigns.permissions import APPROVE_CAMPAIGN


@dataclass(frozen=True)
class ApproveCampaign:
    """By somebody who wrote none of its terms; the worker makes the vouchers then."""

    campaigns: Campaigns
    now: Now

    async def __call__(
        self, actor: Actor, campaign_id: str, *, terms_number: int, request: Request
    ) -> Campaign:
        """Approve it.

        Args:
            terms_number: of the terms that the actor has read.
        Raises: Forbidden; CampaignNotFound; CampaignNotDraft; MakerMayNotApprove;
            CampaignTermsChanged; BudgetTooSmall; WindowOver; RequestIdReused.
        Emits: campaign.approved v1.
        """
        demand_for_all(actor, APPROVE_CAMPAIGN)
        at = self.now()
        return await self.campaigns.change(
            actor.community_id,
            campaign_id,
            lambda campaign: campaign.approve(actor, at, terms_number=terms_number),
            request=request,
        )
