"""The port `Campaigns` in memory, for tests of what stands on it."""

from datetime import datetime

from chassis.aggregates import Page
from chassis.testing import MemoryAggregates

from vouchers.adapters.newest_first import newest_first
from vouchers.application.ports import Cursor
from vouchers.domain.campaigns.campaign import GIVING, RUNNING, Campaign, CampaignState
from vouchers.domain.campaigns.errors import CampaignNotFound
from vouchers.domain.campaigns.terms import Reward


class MemoryCampaigns(MemoryAggregates[Campaign]):
    """The port `Campaigns`."""

    def __init__(self) -> None:
        super().__init__(lambda _: CampaignNotFound())

    async def newest_first(
        self,
        community_id: str,
        state: CampaignState | None,
        *,
        first: int,
        after: Cursor | None,
    ) -> Page[Campaign]:
        """See the port."""
        found = [
            campaign
            for campaign in self.all
            if campaign.community_id == community_id and state in {None, campaign.state}
        ]
        return newest_first(found, _place, first=first, after=after)

    async def claimable(
        self, community_id: str, estate_id: str | None, at: datetime, *, limit: int
    ) -> list[Campaign]:
        """See the port."""
        found = [
            campaign
            for campaign in self.all
            if campaign.community_id == community_id
            and campaign.state is CampaignState.LIVE
            and campaign.terms.reward_for is None
            and campaign.terms.claim_until > at
            and (not campaign.terms.estate_ids or estate_id in campaign.terms.estate_ids)
        ]
        return sorted(found, key=_place, reverse=True)[:limit]

    async def rewarding(self, community_id: str, reward: Reward) -> list[Campaign]:
        """See the port."""
        found = [
            campaign
            for campaign in self.all
            if campaign.community_id == community_id
            and campaign.terms.reward_for is reward
            and campaign.state in GIVING
        ]
        return sorted(found, key=_place)

    async def communities_that_spend(self) -> list[str]:
        """See the port."""
        return sorted({it.community_id for it in self.all if it.approved_at is not None})

    async def with_work(self, *, limit: int) -> list[Campaign]:
        """See the port."""
        return [campaign for campaign in self.all if campaign.has_work][:limit]

    async def over(self, at: datetime, *, limit: int) -> list[Campaign]:
        """See the port."""
        found = [it for it in self.all if it.state in RUNNING and it.terms.use_until <= at]
        return found[:limit]


def _place(campaign: Campaign) -> tuple[datetime, str]:
    return campaign.drafted_at, campaign.id
