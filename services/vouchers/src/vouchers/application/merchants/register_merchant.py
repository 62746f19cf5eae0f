"""Write down a business that wants to take vouchers."""

from dataclasses import dataclass

from chassis.requests import Request

from vouchers.application.authorisation import demand_for_all
from vouchers.application.merchants.ports import Merchants
from vouchers.application.ports import Now
from vouchers.domain.actors import Actor
from vouchers.domain.merchants.merchant import Merchant, NewMerchant
from vouchers.domain.merchants.permissions import REGISTER_MERCHANT


@dataclass(frozen=True)
class RegisterMerchant:
    """It takes none before somebody else has approved it."""

    merchants: Merchants
    now: Now

    async def __call__(
        self, actor: Actor, merchant_id: str, new: NewMerchant, *, request: Request
    ) -> Merchant:
        """Raises: Forbidden; CreditCodeTaken; RequestIdReused; what `Merchant.register` raises."""
        demand_for_all(actor, REGISTER_MERCHANT)
        merchant = Merchant.register(merchant_id, new, by=actor, at=self.now())
        return await self.merchants.add(merchant, request=request)
