"""The port `Merchants` in memory, for tests of what stands on it."""

from collections.abc import Sequence

from chassis.aggregates import Event, Page
from chassis.requests import Request
from chassis.testing import MemoryAggregates

from vouchers.adapters.newest_first import newest_first
from vouchers.application.merchants.ports import Shop
from vouchers.application.ports import Cursor
from vouchers.domain.merchants.errors import CreditCodeTaken, MerchantNotFound
from vouchers.domain.merchants.merchant import Merchant, MerchantState


class MemoryMerchants(MemoryAggregates[Merchant]):
    """The port `Merchants`."""

    def __init__(self) -> None:
        super().__init__(lambda _: MerchantNotFound())

    async def add(
        self,
        aggregate: Merchant,
        events: Sequence[Event] = (),
        *,
        request: Request | None = None,
    ) -> Merchant:
        """See the port."""
        mine = (aggregate.community_id, aggregate.credit_code)
        for there in self.all:
            if (there.community_id, there.credit_code) == mine and there.id != aggregate.id:
                raise CreditCodeTaken
        return await super().add(aggregate, events, request=request)

    async def newest_first(
        self,
        community_id: str,
        state: MerchantState | None,
        *,
        first: int,
        after: Cursor | None,
    ) -> Page[Merchant]:
        """See the port."""
        found = [
            merchant
            for merchant in self.all
            if merchant.community_id == community_id and state in {None, merchant.state}
        ]
        return newest_first(found, lambda it: (it.registered_at, it.id), first=first, after=after)

    async def shops(self, community_id: str, ids: Sequence[str]) -> list[Shop | None]:
        """See the port."""
        found = await self.get_many(community_id, ids)
        return [Shop(each.name, each.stores) if each else None for each in found]
