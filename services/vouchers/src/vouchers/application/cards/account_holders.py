"""Who stands behind an account."""

from typing import Protocol

from vouchers.application.ports import Aggregates
from vouchers.domain.cards.account_holders import AccountHolder


class AccountHolders(Aggregates[AccountHolder], Protocol):
    """The accounts of all communities that residents told of."""

    async def find(self, community_id: str, account_id: str) -> AccountHolder | None:
        """None for one that was never bound."""
