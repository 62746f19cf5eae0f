"""What the use cases of merchants need of the outside."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from vouchers.application.ports import Aggregates, Cursor, Page
from vouchers.domain.merchants.merchant import Merchant, MerchantState, Store


class Shop(msgspec.Struct, frozen=True):
    """A merchant as everybody may know it."""

    name: str
    stores: tuple[Store, ...]


class Merchants(Aggregates[Merchant], Protocol):
    """get and change raise MerchantNotFound; add raises CreditCodeTaken."""

    async def newest_first(
        self,
        community_id: str,
        state: MerchantState | None,
        *,
        first: int,
        after: Cursor | None,
    ) -> Page[Merchant]:
        """A community's merchants, of one state or of all."""

    async def shops(self, community_id: str, ids: Sequence[str]) -> list[Shop | None]:
        """Many by name at once, in the order of the ids, with nothing that is encrypted."""
