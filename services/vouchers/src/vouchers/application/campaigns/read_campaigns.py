"""What can be read of campaigns, by whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from vouchers.application.authorisation import demand_for_all
from vouchers.application.campaigns.ports import Campaigns
from vouchers.application.ports import Cursor, Page
from vouchers.domain.actors import Actor
from vouchers.domain.campaigns.campaign import Campaign, CampaignState
from vouchers.domain.campaigns.permissions import READ_CAMPAIGNS


@dataclass(frozen=True)
class ReadCampaigns:
    """For the office; what residents see of a campaign is another matter."""

    campaigns: Campaigns

    async def newest_first(
        self, actor: Actor, state: CampaignState | None, *, first: int, after: Cursor | None
    ) -> Page[Campaign]:
        """Raises: Forbidden."""
        demand_for_all(actor, READ_CAMPAIGNS)
        return await self.campaigns.newest_first(
            actor.community_id, state, first=first, after=after
        )

    async def by_id(self, actor: Actor, ids: Sequence[str]) -> list[Campaign | None]:
        """In the order of the ids; None for another community's. Raises: Forbidden."""
        demand_for_all(actor, READ_CAMPAIGNS)
        return await self.campaigns.get_many(actor.community_id, ids)
