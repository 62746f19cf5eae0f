"""Anna has a voucher, and a shop takes it."""

from typing import Any

import pytest
from vouchers.application.till.ports import Redemption
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.campaigns.terms import CampaignKind
from vouchers.domain.cards.voucher import Voucher

from ...neighbourhood import Neighbourhood, merchant_actor, order, resident

CARD: dict[str, Any] = {
    "kind": CampaignKind.WELFARE_CARD,
    "minimum_spend_fen": 0,
    "face_value_fen": 10_000,
    "budget_fen": 200_000,
}


class Shopping:
    """Anna has a voucher, and the noodle shop a till."""

    def __init__(self, here: Neighbourhood, campaign: Campaign, voucher: Voucher) -> None:
        self.here, self.campaign, self.voucher = here, campaign, voucher
        self.anna = resident("安娜")

    async def pays(self, **asked: Any) -> Redemption:
        return await self.here.redeemed(self.anna, self.voucher, **asked)

    async def code(self) -> str:
        return await self.here.code(self.anna, self.voucher)

    async def refused(self, error: type[Exception], **asked: Any) -> None:
        """It is refused so, and the voucher is as it was."""
        before = await self.here.voucher(self.voucher)
        code = asked.pop("code", None) or await self.code()
        till = asked.pop("till", merchant_actor())
        with pytest.raises(error):
            await self.here.till.redeem(till, order(till, code, **asked))
        assert await self.here.voucher(self.voucher) == before

    def next_code(self) -> None:
        self.here.clock.advance(seconds=30)


async def shopping(here: Neighbourhood, **terms: Any) -> Shopping:
    campaign = await here.campaign(**terms)
    await here.merchant()
    return Shopping(here, campaign, await here.claimed(await here.neighbour("安娜"), campaign))
