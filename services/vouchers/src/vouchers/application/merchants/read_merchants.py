"""What can be read of merchants, by whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.errors import Forbidden

from vouchers.application.authorisation import demand, demand_for_all
from vouchers.application.merchants.ports import Merchants
from vouchers.application.ports import Cursor, Page
from vouchers.domain.actors import Actor
from vouchers.domain.merchants.merchant import Merchant, MerchantState
from vouchers.domain.merchants.permissions import READ_MERCHANT, READ_MERCHANTS


@dataclass(frozen=True)
class ReadMerchants:
    """Every read is of the actor's own community; a merchant's system reads the merchant alone."""

    merchants: Merchants

    async def newest_first(
        self, actor: Actor, state: MerchantState | None, *, first: int, after: Cursor | None
    ) -> Page[Merchant]:
        """Raises: Forbidden."""
        demand_for_all(actor, READ_MERCHANTS)
        return await self.merchants.newest_first(
            actor.community_id, state, first=first, after=after
        )

    async def by_id(self, actor: Actor, ids: Sequence[str]) -> list[Merchant | None]:
        """In the order of the ids; None for what the actor may not see. Raises: Forbidden."""
        demand(actor, READ_MERCHANT)
        reads_all = actor.holds_for_all(*READ_MERCHANTS.roles)
        if not reads_all and not actor.merchant_ids:
            raise Forbidden
        seen = [each for each in ids if reads_all or each in actor.merchant_ids]
        found = await self.merchants.get_many(actor.community_id, seen) if seen else []
        by_id = dict(zip(seen, found, strict=True))
        return [by_id.get(each) for each in ids]
