"""What the use cases of merchants need of the outside."""

from typing import Protocol

from vouchers.application.ports import Aggregates, Cursor, Page
from vouchers.domain.merchants.merchant import Merchant, MerchantState


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
