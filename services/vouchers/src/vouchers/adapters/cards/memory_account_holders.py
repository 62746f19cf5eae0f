"""The port `AccountHolders` in memory, for tests of what stands on it."""

from chassis.testing import MemoryAggregates

from vouchers.domain.cards.account_holders import AccountHolder
from vouchers.domain.cards.errors import AccountHolderNotFound


class MemoryAccountHolders(MemoryAggregates[AccountHolder]):
    """The port `AccountHolders`."""

    def __init__(self) -> None:
        super().__init__(lambda _: AccountHolderNotFound())

    async def find(self, community_id: str, account_id: str) -> AccountHolder | None:
        """See the port."""
        return (await self.get_many(community_id, [account_id]))[0]
