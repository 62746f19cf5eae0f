"""Find the voucher whose code is presented, and whether this merchant may take it."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

import msgspec
from chassis.errors import Forbidden, RateLimited

from vouchers.application.campaigns.ports import Campaigns
from vouchers.application.cards.ports import Vouchers
from vouchers.application.merchants.ports import Merchants
from vouchers.application.ports import Now
from vouchers.application.till.ports import WrongCodes
from vouchers.domain.actors import Actor
from vouchers.domain.campaigns.campaign import CampaignState
from vouchers.domain.cards.codes import KeyedHash, read_code, step_of
from vouchers.domain.cards.errors import (
    CampaignPaused,
    CodeInvalid,
    MerchantNotInCampaign,
    StoreNotOfMerchant,
)
from vouchers.domain.cards.voucher import Voucher
from vouchers.domain.cards.wrong_codes import window_end
from vouchers.domain.merchants.errors import MerchantNotApproved, MerchantNotFound

_TOO_MANY_WRONG = "错误的券码过多，请十分钟后再试。"


class Presented(msgspec.Struct, frozen=True):
    """A voucher whose code is good now."""

    voucher: Voucher
    step: int


def merchant_of(actor: Actor) -> str:
    """The one merchant whose system asks. Raises: Forbidden."""
    if len(actor.merchant_ids) != 1:
        raise Forbidden
    (merchant_id,) = actor.merchant_ids
    return merchant_id


@dataclass(frozen=True)
class ReadPresented:
    """Looks alone; the use itself is guarded by the voucher."""

    vouchers: Vouchers
    campaigns: Campaigns
    merchants: Merchants
    wrong_codes: WrongCodes
    code_hash: KeyedHash
    now: Now

    async def check_merchant(self, actor: Actor, store_id: str | None) -> str:
        """Whether the merchant may take vouchers, in this store of its own.

        Returns: the merchant's id.
        Raises: Forbidden; MerchantNotApproved; StoreNotOfMerchant.
        """
        merchant_id = merchant_of(actor)
        try:
            merchant = await self.merchants.get(actor.community_id, merchant_id)
        except MerchantNotFound:
            raise MerchantNotApproved from None
        if not merchant.is_approved:
            raise MerchantNotApproved
        if store_id is not None and not merchant.has_store(store_id):
            raise StoreNotOfMerchant
        return merchant_id

    async def __call__(self, community_id: str, code: str, *, merchant_id: str) -> Presented:
        """The voucher of a code.

        Raises: RateLimited for a right one, too, after too many wrong ones; CodeInvalid;
            MerchantNotInCampaign; CampaignPaused.
        """
        at = self.now()
        if not await self.wrong_codes.count(community_id, merchant_id, at):
            wait = window_end(at) - at
            raise RateLimited(_TOO_MANY_WRONG, retry_after_seconds=ceil(wait.total_seconds()))
        presented = await self._of_code(community_id, code, at)
        await self.wrong_codes.take_back(community_id, merchant_id, at)
        campaign = await self.campaigns.get(community_id, presented.voucher.campaign_id)
        taken_by = campaign.terms.merchant_ids
        if taken_by and merchant_id not in taken_by:
            raise MerchantNotInCampaign
        # the voucher's own copy comes some moments later
        if campaign.state is CampaignState.PAUSED:
            raise CampaignPaused
        return presented

    async def _of_code(self, community_id: str, code: str, at: datetime) -> Presented:
        read = read_code(code)
        if read is None:
            raise CodeInvalid
        for voucher in await self.vouchers.of_lookup_number(community_id, read.lookup_number):
            step = step_of(self.code_hash, voucher.id, read, at)
            if step is not None and voucher.claimed_at is not None:
                return Presented(voucher, step)
        raise CodeInvalid
