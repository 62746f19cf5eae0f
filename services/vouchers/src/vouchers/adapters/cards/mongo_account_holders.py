"""What residents told of accounts, in MongoDB: pseudonyms alone."""

from chassis.aggregates import Aggregates
from chassis.mongo import Store

from vouchers.domain.cards.account_holders import AccountHolder
from vouchers.domain.cards.errors import AccountHolderNotFound
from vouchers.domain.events import SERVICE_TOPIC

COLLECTION = "account_holders"


class MongoAccountHolders(Aggregates[AccountHolder]):
    """The port `AccountHolders`."""

    def __init__(self, store: Store) -> None:
        super().__init__(
            store,
            COLLECTION,
            AccountHolder,
            topic=SERVICE_TOPIC,
            not_found=lambda _: AccountHolderNotFound(),
        )

    async def find(self, community_id: str, account_id: str) -> AccountHolder | None:
        """See the port."""
        (found,) = await self.get_many(community_id, [account_id])
        return found
