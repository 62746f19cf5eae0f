"""What a code would take off a bill, before anybody decides."""

from dataclasses import dataclass

import msgspec

from vouchers.application.authorisation import demand
from vouchers.application.ports import Now
from vouchers.application.till.presented import ReadPresented
from vouchers.domain.actors import Actor
from vouchers.domain.cards.errors import CodeAlreadyUsed
from vouchers.domain.cards.permissions import REDEEM
from vouchers.domain.cards.voucher import Voucher


class Preview(msgspec.Struct, frozen=True):
    """The voucher, and what it would pay of the bill."""

    voucher: Voucher
    amount_fen: int


@dataclass(frozen=True)
class PreviewVoucher:
    """Nothing is written, and the code stays good."""

    presented: ReadPresented
    now: Now

    async def __call__(self, actor: Actor, code: str, *, bill_fen: int) -> Preview:
        """Look.

        Raises: Forbidden; MerchantNotApproved; RateLimited; CodeInvalid;
            MerchantNotInCampaign; CampaignPaused; CodeAlreadyUsed; VoucherSpent;
            VoucherExpired; AmountInvalid; BillBelowMinimum.
        """
        demand(actor, REDEEM)
        merchant_id = await self.presented.check_merchant(actor, None)
        found = await self.presented(actor.community_id, code, merchant_id=merchant_id)
        if found.step <= found.voucher.last_code_step:
            raise CodeAlreadyUsed
        found.voucher.check_shown(self.now())
        return Preview(found.voucher, found.voucher.amount_for(bill_fen, None))
