"""How many wrong codes each merchant presented, in MongoDB, for all processes together."""

from datetime import datetime

from chassis.ids import derived_id
from chassis.mongo import DuplicateKey, Index, Store

from vouchers.domain.cards.wrong_codes import WRONG_CODES_TAKEN, window_end

COLLECTION = "wrong_codes"
INDEXES = (Index(collection=COLLECTION, keys=(("forget_at", 1),), expire_after_seconds=0),)


class MongoWrongCodes:
    """The port `WrongCodes`: one document a merchant and window, counted by the store itself."""

    def __init__(self, store: Store) -> None:
        self.collection = store.collection(COLLECTION)

    async def count(self, community_id: str, merchant_id: str, at: datetime) -> bool:
        """See the port."""
        # A full count is not matched, so the upsert meets the document that is there. So does
        # the loser of two that begin to count at once: it is matched the second time.
        try:
            return await self._counted(community_id, merchant_id, at, upsert=True)
        except DuplicateKey:
            return await self._counted(community_id, merchant_id, at, upsert=False)

    async def take_back(self, community_id: str, merchant_id: str, at: datetime) -> None:
        """See the port."""
        where = {"_id": _id(community_id, merchant_id, at)}
        await self.collection.update_one(where, {"$inc": {"count": -1}})

    async def _counted(
        self, community_id: str, merchant_id: str, at: datetime, *, upsert: bool
    ) -> bool:
        where = {"_id": _id(community_id, merchant_id, at), "count": {"$lt": WRONG_CODES_TAKEN}}
        begun = {"community_id": community_id, "forget_at": window_end(at)}
        update = {"$inc": {"count": 1}, "$setOnInsert": begun}
        return await self.collection.update_one(where, update, upsert=upsert) == 1


def _id(community_id: str, merchant_id: str, at: datetime) -> str:
    return derived_id("wrong_codes", community_id, merchant_id, window_end(at).isoformat())
