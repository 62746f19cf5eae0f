"""What residents told of accounts, in MongoDB: pseudonyms and keyed hashes alone."""

from chassis.aggregates import Aggregates
from chassis.mongo import Document, Index, Store

from outreach.adapters.topics import EVENTS
from outreach.domain.bound_accounts import BoundAccount
from outreach.domain.errors import BoundAccountNotFound

COLLECTION = "bound_accounts"
INDEXES = (Index(collection=COLLECTION, keys=(("community_id", 1), ("union_mark", 1), ("_id", 1))),)


class MongoBoundAccounts(Aggregates[BoundAccount]):
    """The accounts of all communities that residents told of."""

    def __init__(self, store: Store) -> None:
        super().__init__(
            store,
            COLLECTION,
            BoundAccount,
            topic=EVENTS,
            not_found=lambda _: BoundAccountNotFound(),
        )

    async def find(self, community_id: str, account_id: str) -> BoundAccount | None:
        """None for one that was never bound."""
        return (await self.get_many(community_id, [account_id]))[0]

    async def of_union(self, community_id: str, union_mark: str) -> list[BoundAccount]:
        """Those of one WeChat user, by id."""
        where: Document = {"community_id": community_id, "union_mark": union_mark}
        return await self._aggregates(await self.collection.find(where, sort=(("_id", 1),)))
