"""Rewards that are owed, in MongoDB: pseudonyms alone."""

from datetime import datetime

import msgspec
from chassis.mongo import Document, Index, Sort, Store

from chassis import keyset
from vouchers.domain.cards.owed_reward import OwedReward

COLLECTION = "owed_rewards"
_OLDEST_FIRST: Sort = (("earned_at", 1), ("_id", 1))
_NATIVE = (datetime,)

INDEXES = (
    Index(collection=COLLECTION, keys=tuple(_OLDEST_FIRST)),
    Index(collection=COLLECTION, keys=(("community_id", 1),)),
)


class MongoOwedRewards:
    """The port `OwedRewards`."""

    def __init__(self, store: Store) -> None:
        self.collection = store.collection(COLLECTION)

    async def keep(self, owed: OwedReward) -> None:
        """See the port."""
        document: Document = msgspec.to_builtins(owed, builtin_types=_NATIVE)
        document["_id"] = document.pop("claim_key")
        await self.collection.insert_missing([{"community_id": owed.community_id, **document}])

    async def forget(self, owed: OwedReward) -> None:
        """See the port."""
        await self.collection.delete_one({"_id": owed.claim_key, "community_id": owed.community_id})

    async def count(self, community_id: str) -> int:
        """See the port."""
        return await self.collection.count({"community_id": community_id})

    async def oldest_first(self, *, first: int, after: OwedReward | None) -> list[OwedReward]:
        """See the port."""
        where: Document = {}
        if after is not None:
            where = keyset.beyond(_OLDEST_FIRST, (after.earned_at, after.claim_key))
        found = await self.collection.find(where, sort=_OLDEST_FIRST, limit=first)
        return [
            msgspec.convert(
                {**document, "claim_key": document["_id"]}, OwedReward, builtin_types=_NATIVE
            )
            for document in found
        ]
