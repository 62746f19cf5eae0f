"""A merchant takes a voucher for money."""

from dataclasses import dataclass

import msgspec

from vouchers.application.authorisation import demand
from vouchers.application.cards.ports import UseIdTaken, Vouchers
from vouchers.application.ports import Now
from vouchers.application.till.ports import Redemption
from vouchers.application.till.presented import ReadPresented
from vouchers.domain.actors import Actor
from vouchers.domain.cards.errors import IdempotencyKeyReused
from vouchers.domain.cards.permissions import REDEEM
from vouchers.domain.cards.uses import UseOrder
from vouchers.domain.cards.voucher import Voucher


class TillOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What a till asks for.

    Attributes:
        use_id: derived from the merchant and its idempotency key.
        input_hash: a keyed hash of all the rest.
        amount_fen: None for as much as bill and voucher allow.
    """

    use_id: str
    input_hash: str
    code: str
    bill_fen: int
    amount_fen: int | None
    store_id: str


@dataclass(frozen=True)
class RedeemVoucher:
    """One update of one voucher document; a repeat is answered as the first was."""

    vouchers: Vouchers
    presented: ReadPresented
    now: Now

    async def __call__(self, actor: Actor, order: TillOrder) -> Redemption:
        """Take something off.

        Raises: Forbidden; IdempotencyKeyReused; MerchantNotApproved; StoreNotOfMerchant;
            RateLimited; CodeInvalid; MerchantNotInCampaign; CampaignPaused; CodeAlreadyUsed;
            VoucherSpent; VoucherExpired; AmountInvalid; BillBelowMinimum; RemainderTooLow;
            TooManyUses.
        Emits: voucher.redeemed v1.
        """
        demand(actor, REDEEM)
        if earlier := await self._earlier(actor, order):
            return earlier
        merchant_id = await self.presented.check_merchant(actor, order.store_id)
        found = await self.presented(actor.community_id, order.code, merchant_id=merchant_id)
        use = UseOrder(
            use_id=order.use_id,
            input_hash=order.input_hash,
            merchant_id=merchant_id,
            store_id=order.store_id,
            bill_fen=order.bill_fen,
            amount_fen=order.amount_fen,
            code_step=found.step,
            by=actor.account_id,
        )
        at = self.now()
        try:
            used = await self.vouchers.change(
                actor.community_id, found.voucher.id, lambda voucher: voucher.use(use, at)
            )
        except UseIdTaken:
            raise IdempotencyKeyReused from None
        return _redemption(used, order.use_id)

    async def _earlier(self, actor: Actor, order: TillOrder) -> Redemption | None:
        voucher = await self.vouchers.of_use(actor.community_id, order.use_id)
        if voucher is None:
            return None
        earlier = _redemption(voucher, order.use_id)
        if earlier.use.input_hash != order.input_hash:
            raise IdempotencyKeyReused
        return earlier


def _redemption(voucher: Voucher, use_id: str) -> Redemption:
    use = voucher.use_of(use_id)
    assert use is not None  # noqa: S101 - it was found by it, or has just been written
    return Redemption(voucher, use)
