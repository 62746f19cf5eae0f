"""Let a merchant in."""

from dataclasses import dataclass

from chassis.requests import Request

from vouchers.application.authorisation import demand_for_all
from vouchers.application.merchants.ports import Merchants
from vouchers.application.ports import Now
from vouchers.domain.actors import Actor
from vouchers.domain.merchants.merchant import Merchant
from vouchers.domain.merchants.permissions import APPROVE_MERCHANT


@dataclass(frozen=True)
class ApproveMerchant:
    """By somebody other than who registered it."""

    merchants: Merchants
    now: Now

    async def __call__(self, actor: Actor, merchant_id: str, *, request: Request) -> Merchant:
        """Let it in.

        Raises: Forbidden; MerchantNotFound; MerchantNotWaiting; MakerMayNotApprove;
            RequestIdReused.
        Emits: merchant.approved v1.
        """
        demand_for_all(actor, APPROVE_MERCHANT)
        at = self.now()
        return await self.merchants.change(
            actor.community_id,
            merchant_id,
            lambda merchant: merchant.approve(actor, at),
            request=request,
        )
