"""Let a paused campaign go on."""

from dataclasses import dataclass

from chassis.requests import Request

from vouchers.application.authorisation import demand_for_all
from vouchers.application.campaigns.ports import Campaigns
from vouchers.application.ports import Now
from vouchers.domain.actors import Actor
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.campaigns.permissions import RESUME_CAMPAIGN


@dataclass(frozen=True)
class ResumeCampaign:
    """The worker tells the vouchers."""

    campaigns: Campaigns
    now: Now

    async def __call__(self, actor: Actor, campaign_id: str, *, request: Request) -> Campaign:
        """Resume it.

        Raises: Forbidden; CampaignNotFound; CampaignNotPaused; RequestIdReused.
        Emits: campaign.live v1.
        """
        demand_for_all(actor, RESUME_CAMPAIGN)
        at = self.now()
        return await self.campaigns.change(
            actor.community_id,
            campaign_id,
            lambda campaign: campaign.resume(actor, at),
            request=request,
        )
