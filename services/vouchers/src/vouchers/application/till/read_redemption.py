"""A merchant reads one of its own redemptions."""

from dataclasses import dataclass

from vouchers.application.authorisation import demand
from vouchers.application.cards.ports import Vouchers
from vouchers.application.till.ports import Redemption
from vouchers.application.till.presented import merchant_of
from vouchers.domain.actors import Actor
from vouchers.domain.cards.errors import RedemptionNotFound
from vouchers.domain.cards.permissions import REDEEM


@dataclass(frozen=True)
class ReadRedemption:
    """By whichever of the merchant's tills it was made."""

    vouchers: Vouchers

    async def __call__(self, actor: Actor, use_id: str) -> Redemption:
        """Read it. Raises: Forbidden; RedemptionNotFound for another merchant's, too."""
        demand(actor, REDEEM)
        merchant_id = merchant_of(actor)
        voucher = await self.vouchers.of_use(actor.community_id, use_id)
        use = voucher.use_of(use_id) if voucher else None
        if voucher is None or use is None or use.merchant_id != merchant_id:
            raise RedemptionNotFound
        return Redemption(voucher, use)
