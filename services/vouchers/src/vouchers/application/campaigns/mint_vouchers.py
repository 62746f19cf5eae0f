"""Make the vouchers of approved campaigns, and tell vouchers of what changed."""

from dataclasses import dataclass

from vouchers.application.campaigns.ports import Campaigns, VoucherMint
from vouchers.application.ports import Now
from vouchers.domain.campaigns.campaign import Campaign

BATCH = 500
_CAMPAIGNS_AT_ONCE = 20


@dataclass(frozen=True)
class MintVouchers:
    """One turn of the worker; whoever is stopped in the middle goes on where it was.

    A voucher's id is of its campaign and slot, so what is made twice is made once.
    """

    campaigns: Campaigns
    mint: VoucherMint
    now: Now

    async def __call__(self) -> None:
        """Do what is to be done; a campaign that fails holds up no other.

        Raises: ExceptionGroup of what failed, to be tried again.
        Emits: campaign.live v1 for each that is complete.
        """
        failures = []
        for campaign in await self.campaigns.with_work(limit=_CAMPAIGNS_AT_ONCE):
            try:
                await (self._minted(campaign) if campaign.to_mint else self._carried(campaign))
            except Exception as failure:
                failures.append(failure)
        if failures:
            raise ExceptionGroup("campaigns with work that failed", failures)

    async def _minted(self, campaign: Campaign) -> None:
        tenant, campaign_id, stock = campaign.community_id, campaign.id, campaign.terms.stock
        campaign = await self.campaigns.change(tenant, campaign_id, Campaign.begin_minting)
        await self._inserted(campaign, campaign.slots_left)
        if await self.mint.count(campaign) < stock:
            await self._inserted(campaign, range(stock))
        at = self.now()
        await self.campaigns.change(tenant, campaign_id, lambda minting: minting.go_live(at))

    async def _inserted(self, campaign: Campaign, slots: range) -> None:
        for start in range(slots.start, slots.stop, BATCH):
            stop = min(start + BATCH, slots.stop)
            await self.mint.insert_missing(campaign, range(start, stop))
            await self._noted(campaign, stop)

    async def _noted(self, campaign: Campaign, minted: int) -> None:
        await self.campaigns.change(
            campaign.community_id, campaign.id, lambda minting: minting.note_minted(minted)
        )

    async def _carried(self, campaign: Campaign) -> None:
        while await self.mint.carry(campaign, limit=BATCH):
            pass
        await self.campaigns.change(
            campaign.community_id,
            campaign.id,
            lambda changed: changed.carried(campaign.change_number),
        )
