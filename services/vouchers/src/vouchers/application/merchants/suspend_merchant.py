"""Shut a merchant out."""

from dataclasses import dataclass

from chassis.requests import Request

from vouchers.application.authorisation import demand_for_all
from vouchers.application.merchants.ports import Merchants
from vouchers.application.ports import Now
from vouchers.domain.actors import Actor
from vouchers.domain.merchants.merchant import Merchant
from vouchers.domain.merchants.permissions import SUSPEND_MERCHANT


@dataclass(frozen=True)
class SuspendMerchant:
    """One write; its systems lose their access by the event of it."""

    merchants: Merchants
    now: Now

    async def __call__(
        self, actor: Actor, merchant_id: str, reason: str, *, request: Request
    ) -> Merchant:
        """Shut it out.

        Raises: Forbidden; MerchantNotFound; MerchantNotApproved; SuspensionReasonInvalid;
            RequestIdReused.
        Emits: merchant.suspended v1.
        """
        demand_for_all(actor, SUSPEND_MERCHANT)
        at = self.now()
        return await self.merchants.change(
            actor.community_id,
            merchant_id,
            lambda merchant: merchant.suspend(reason, actor, at),
            request=request,
        )
