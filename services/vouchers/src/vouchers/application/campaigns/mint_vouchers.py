"""Make the vouchers of approved campaigns, and tell vouchers of what changed."""

from collections.abc import Collection
from dataclasses import dataclass

from vouchers.application.campaigns.ports import Campaigns, VoucherMint
from vouchers.application.ports import Now
from vouchers.domain.campaigns.campaign import Campaign

BATCH = 500
_CARRIED_AT_ONCE = 10
_CAMPAIGNS_AT_ONCE = 20


@dataclass(frozen=True)
class MintVouchers:
    """One turn of the worker; whoever is stopped in the middle goes on where it was.

    A voucher's id is of its campaign and slot, so what is made twice is made once. Campaigns come
    round by a batch each, pauses and ends before them: none waits for a large one's end.
    """

    campaigns: Campaigns
    mint: VoucherMint
    now: Now

    async def __call__(self) -> None:
        """Do all that is to be done; a campaign that fails holds up no other.

        Raises: ExceptionGroup of what failed, to be tried again.
        Emits: campaign.live v1 for each that is complete.
        """
        failures: dict[str, Exception] = {}
        while waiting := await self._waiting(failures):
            for campaign in waiting:
                try:
                    await (self._minted(campaign) if campaign.to_mint else self._carried(campaign))
                except Exception as failure:
                    failures[campaign.id] = failure
        if failures:
            raise ExceptionGroup("campaigns with work that failed", list(failures.values()))

    async def _waiting(self, failed: Collection[str]) -> list[Campaign]:
        """Those next to be worked at: as many again as have failed, and changes before minting."""
        limit = _CAMPAIGNS_AT_ONCE + len(failed)
        found = await self.campaigns.with_work(limit=limit)
        waiting = [campaign for campaign in found if campaign.id not in failed]
        return sorted(waiting, key=lambda campaign: campaign.to_mint)

    async def _minted(self, campaign: Campaign) -> None:
        tenant, campaign_id, stock = campaign.community_id, campaign.id, campaign.terms.stock
        campaign = await self.campaigns.change(tenant, campaign_id, Campaign.begin_minting)
        now_due = campaign.slots_left[:BATCH]
        await self._inserted(campaign, now_due)
        if now_due.stop < stock:
            return
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
        for _ in range(_CARRIED_AT_ONCE):
            if not await self.mint.carry(campaign, limit=BATCH):
                await self.campaigns.change(
                    campaign.community_id,
                    campaign.id,
                    lambda changed: changed.carried(campaign.change_number),
                )
                return
