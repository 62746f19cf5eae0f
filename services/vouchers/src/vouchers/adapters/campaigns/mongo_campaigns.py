"""Campaigns in MongoDB, and the indexes that their queries use."""

from datetime import datetime, timedelta

from chassis.aggregates import Aggregates, Page
from chassis.clock import Now, utc_now
from chassis.mongo import Document, Index, Store

from vouchers.application.ports import Cursor
from vouchers.domain.campaigns.campaign import GIVING, RUNNING, Campaign, CampaignState
from vouchers.domain.campaigns.errors import CampaignNotFound
from vouchers.domain.campaigns.terms import Reward
from vouchers.domain.events import SERVICE_TOPIC

COLLECTION = "campaigns"

_NEWEST_FIRST = (("drafted_at", -1), ("_id", -1))
_OLDEST_FIRST = (("drafted_at", 1), ("_id", 1))
_FIRST_OVER_FIRST = (("terms.use_until", 1), ("_id", 1))
_REWARDS_AT_ONCE = 100
_APPROVED = [state.value for state in CampaignState if state is not CampaignState.DRAFT]
_MOMENT = timedelta(milliseconds=1)

INDEXES = (
    Index(collection=COLLECTION, keys=(("community_id", 1), *_OLDEST_FIRST)),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("state", 1), *_OLDEST_FIRST)),
    Index(
        collection=COLLECTION,
        keys=(("community_id", 1), ("terms.reward_for", 1), ("state", 1), *_OLDEST_FIRST),
    ),
    Index(collection=COLLECTION, keys=(("has_work", 1), ("_id", 1))),
    Index(collection=COLLECTION, keys=(("state", 1), *_FIRST_OVER_FIRST)),
)


class MongoCampaigns(Aggregates[Campaign]):
    """The port `Campaigns`."""

    def __init__(self, store: Store, *, now: Now = utc_now) -> None:
        super().__init__(
            store,
            COLLECTION,
            Campaign,
            topic=SERVICE_TOPIC,
            not_found=lambda _: CampaignNotFound(),
            now=now,
        )

    async def newest_first(
        self,
        community_id: str,
        state: CampaignState | None,
        *,
        first: int,
        after: Cursor | None,
    ) -> Page[Campaign]:
        """See the port."""
        where: Document = {"community_id": community_id}
        if state is not None:
            where["state"] = state.value
        return await self.page(where, sort=_NEWEST_FIRST, first=first, after=after)

    async def claimable(
        self, community_id: str, estate_id: str | None, at: datetime, *, limit: int
    ) -> list[Campaign]:
        """See the port."""
        for_them: list[object] = [[]] if estate_id is None else [[], estate_id]
        where: Document = {
            "community_id": community_id,
            "terms.reward_for": None,
            "state": CampaignState.LIVE.value,
            "terms.claim_until": {"$gt": at},
            "terms.estate_ids": {"$in": for_them},
        }
        return (await self.page(where, sort=_NEWEST_FIRST, first=limit)).items

    async def rewarding(self, community_id: str, reward: Reward) -> list[Campaign]:
        """See the port; each state walks the index of its own."""
        found: list[Campaign] = []
        for state in sorted(GIVING):
            where = {
                "community_id": community_id,
                "terms.reward_for": reward.value,
                "state": state.value,
            }
            found += (await self.page(where, sort=_OLDEST_FIRST, first=_REWARDS_AT_ONCE)).items
        return sorted(found, key=lambda campaign: (campaign.drafted_at, campaign.id))

    async def communities_that_spend(self) -> list[str]:
        """See the port."""
        found = await self.collection.aggregate(
            [{"$match": {"state": {"$in": _APPROVED}}}, {"$group": {"_id": "$community_id"}}]
        )
        return sorted(document["_id"] for document in found)

    async def with_work(self, *, limit: int) -> list[Campaign]:
        """See the port."""
        return (await self.page({"has_work": True}, sort=(("_id", 1),), first=limit)).items

    async def over(self, at: datetime, *, limit: int) -> list[Campaign]:
        """See the port; each state walks an index of its own."""
        found: list[Campaign] = []
        for state in sorted(RUNNING):
            # To the next moment: over a compound index the wheel store loses the end of "$lte".
            where = {"state": state.value, "terms.use_until": {"$lt": at + _MOMENT}}
            found += (await self.page(where, sort=_FIRST_OVER_FIRST, first=limit)).items
        return found[:limit]
