"""Give out no more vouchers of a campaign."""

from dataclasses import dataclass

from chassis.requests import Request

from vouchers.application.authorisation import demand_for_all
from vouchers.application.campaigns.ports import Campaigns
from vouchers.application.ports import Now
from vouchers.domain.actors import Actor
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.campaigns.permissions import END_CAMPAIGN


@dataclass(frozen=True)
class EndCampaign:
    """What was claimed stays usable until its last day."""

    campaigns: Campaigns
    now: Now

    async def __call__(self, actor: Actor, campaign_id: str, *, request: Request) -> Campaign:
        """End it.

        Raises: Forbidden; CampaignNotFound; CampaignNotRunning; RequestIdReused.
        Emits: campaign.ended v1.
        """
        demand_for_all(actor, END_CAMPAIGN)
        at = self.now()
        return await self.campaigns.change(
            actor.community_id,
            campaign_id,
            lambda campaign: campaign.end(actor, at),
            request=request,
        )
