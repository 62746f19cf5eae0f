"""A desk where campaigns are drafted and approved, over stores in memory."""

from typing import Any

from chassis.ids import derived_id
from chassis.requests import Request
from chassis.testing import REQUESTS, FrozenClock
from vouchers.adapters.campaigns.memory_campaigns import MemoryCampaigns
from vouchers.adapters.cards.memory_vouchers import MemoryVouchers
from vouchers.adapters.merchants.memory_merchants import MemoryMerchants
from vouchers.application.campaigns.campaigns import CampaignsRoom
from vouchers.domain.actors import Actor
from vouchers.domain.campaigns.campaign import Campaign

from ...neighbourhood import CLERK, CODE_HASH, SECRETARY, terms_of


class Desk:
    """The use cases of campaigns, and a clock that moves only when told."""

    def __init__(self) -> None:
        self.now, self.campaigns = FrozenClock(), MemoryCampaigns()
        self.merchants, self.vouchers = MemoryMerchants(), MemoryVouchers(code_hash=CODE_HASH)
        self.room = CampaignsRoom(
            self.campaigns,
            self.merchants,
            self.vouchers,
            lambda community_id, funder: derived_id("funder", community_id, funder.name),
            self.now,
        )
        self._requests = 0

    def request(self, request_id: str | None = None, **inputs: object) -> Request:
        """A request that nobody made, or this one."""
        self._requests += 1
        return REQUESTS.request_for("anybody", request_id or f"r-{self._requests}", **inputs)

    async def drafted(
        self, *, by: Actor = CLERK, request_id: str = "c-1", **terms: Any
    ) -> Campaign:
        new = terms_of(self.now(), **terms)
        return await self.room.draft(
            by,
            derived_id("campaign", by.account_id, request_id),
            new,
            request=REQUESTS.request_for(by.account_id, request_id, new=new),
        )

    async def amended(self, campaign: Campaign, *, by: Actor = CLERK, **terms: Any) -> Campaign:
        new = terms_of(self.now(), **terms)
        return await self.room.amend(by, campaign.id, new, request=self.request())

    async def approved(self, **terms: Any) -> Campaign:
        return await self.approve(await self.drafted(**terms), by=SECRETARY)

    async def approve(self, read: Campaign, *, by: Actor) -> Campaign:
        return await self.room.approve(
            by, read.id, terms_number=read.terms_number, request=self.request()
        )

    async def live(self, **terms: Any) -> Campaign:
        campaign = await self.approved(**terms)
        await self.room.mint_vouchers()
        return await self.read(campaign)

    async def paused(self) -> Campaign:
        campaign = await self.live()
        return await self.room.pause(SECRETARY, campaign.id, request=self.request())

    async def read(self, campaign: Campaign) -> Campaign:
        return await self.campaigns.get(campaign.community_id, campaign.id)
