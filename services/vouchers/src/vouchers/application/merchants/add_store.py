"""Write down a shop of a merchant."""

from dataclasses import dataclass

import msgspec
from chassis.requests import Request

from vouchers.application.authorisation import demand_for_all
from vouchers.application.merchants.ports import Merchants
from vouchers.domain.actors import Actor
from vouchers.domain.merchants.merchant import Merchant
from vouchers.domain.merchants.permissions import ADD_STORE


class NewStore(msgspec.Struct, frozen=True):
    """What was typed about a shop, and the id that belongs to the request."""

    store_id: str
    name: str
    address: str
    estate_id: str | None


@dataclass(frozen=True)
class AddStore:
    """Part of the merchant, whatever its state."""

    merchants: Merchants

    async def __call__(
        self, actor: Actor, merchant_id: str, new: NewStore, *, request: Request
    ) -> Merchant:
        """Raises: Forbidden; MerchantNotFound; RequestIdReused; what `add_store` raises."""
        demand_for_all(actor, ADD_STORE)
        return await self.merchants.change(
            actor.community_id,
            merchant_id,
            lambda merchant: merchant.add_store(
                new.store_id, name=new.name, address=new.address, estate_id=new.estate_id
            ),
            request=request,
        )
