"""Stop a campaign for now."""

from dataclasses import dataclass

from chassis.requests import Request

from vouchers.application.authorisation import demand_for_all
from vouchers.application.campaigns.ports import Campaigns
from vouchers.application.ports import Now
from vouchers.domain.actors import Actor
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.campaigns.permissions import PAUSE_CAMPAIGN


@dataclass(frozen=True)
class PauseCampaign:
    """No claim begins after it; the worker tells the vouchers."""

    campaigns: Campaigns
    now: Now

    async def __call__(self, actor: Actor, campaign_id: str, *, request: Request) -> Campaign:
        """Pause it.

        Raises: Forbidden; CampaignNotFound; CampaignNotLive; RequestIdReused.
        Emits: campaign.paused v1.
        """
        demand_for_all(actor, PAUSE_CAMPAIGN)
        at = self.now()
        return await self.campaigns.change(
            actor.community_id,
            campaign_id,
            lambda campaign: campaign.pause(actor, at),
            request=request,
        )
