"""Whether the merchants that a campaign names can take its vouchers."""

from collections.abc import Sequence

from vouchers.application.merchants.ports import Merchants
from vouchers.domain.merchants.errors import MerchantNotApproved, MerchantNotFound


async def check_merchants(merchants: Merchants, community_id: str, ids: Sequence[str]) -> None:
    """Raises: MerchantNotFound; MerchantNotApproved."""
    for found in await merchants.get_many(community_id, ids) if ids else []:
        if found is None:
            raise MerchantNotFound
        if not found.is_approved:
            raise MerchantNotApproved
