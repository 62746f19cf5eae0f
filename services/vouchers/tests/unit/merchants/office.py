"""An office that registers merchants, over a store in memory."""

from typing import Any

import msgspec
from chassis.ids import derived_id
from chassis.requests import Request
from chassis.testing import REQUESTS, FrozenClock
from vouchers.adapters.merchants.memory_merchants import MemoryMerchants
from vouchers.application.merchants.merchants import MerchantsRoom
from vouchers.domain.actors import Actor, Role, RoleGrant
from vouchers.domain.merchants.merchant import Merchant, NewMerchant
from vouchers.domain.merchants.particulars import BusinessKind

from ...neighbourhood import CLERK, SECRETARY

NOODLES = NewMerchant(
    name="八家庄面馆",
    credit_code="91350100M000100Y43",
    business=BusinessKind.CATERING,
    is_alliance_member=True,
    contact_name="王桂兰",
    contact_phone="138 1234 5678",
    payee_name="王桂兰",
    payee_account_number="6222 0202 0001 2345 678",
)
SCOPED = Actor(
    derived_id("account", "scoped"), SECRETARY.community_id, (RoleGrant(Role.SECRETARY, ("e",)),)
)


def noodles(**changed: Any) -> NewMerchant:
    return msgspec.structs.replace(NOODLES, **changed)


class Office:
    """The use cases of merchants, and a clock that moves only when told."""

    def __init__(self) -> None:
        self.now, self.merchants = FrozenClock(), MemoryMerchants()
        self.room = MerchantsRoom(self.merchants, self.now)
        self._requests = 0

    def request(self, request_id: str | None = None, **inputs: object) -> Request:
        """A request that nobody made, or this one."""
        self._requests += 1
        return REQUESTS.request_for("anybody", request_id or f"r-{self._requests}", **inputs)

    async def registered(
        self, *, by: Actor = CLERK, request_id: str = "m-1", **changed: Any
    ) -> Merchant:
        new = noodles(**changed)
        return await self.room.register(
            by,
            derived_id("merchant", by.account_id, request_id),
            new,
            request=REQUESTS.request_for(by.account_id, request_id, new=new),
        )

    async def approved(self) -> Merchant:
        merchant = await self.registered()
        return await self.room.approve(SECRETARY, merchant.id, request=self.request())

    async def suspended(self) -> Merchant:
        merchant = await self.approved()
        return await self.room.suspend(
            SECRETARY, merchant.id, "多次拒收消费券", request=self.request()
        )
