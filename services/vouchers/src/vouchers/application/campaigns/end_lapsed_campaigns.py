"""End the campaigns whose last day is over."""

from dataclasses import dataclass

from vouchers.application.campaigns.ports import Campaigns
from vouchers.application.ports import Now

_AT_ONCE = 100


@dataclass(frozen=True)
class EndLapsedCampaigns:
    """One turn of the worker."""

    campaigns: Campaigns
    now: Now

    async def __call__(self) -> None:
        """Emits: campaign.ended v1 for each."""
        at = self.now()
        for campaign in await self.campaigns.over(at, limit=_AT_ONCE):
            await self.campaigns.change(
                campaign.community_id, campaign.id, lambda running: running.lapse(at)
            )
