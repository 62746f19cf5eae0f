"""Commenters in MongoDB: pseudonyms and keyed hashes alone."""

from datetime import datetime

from chassis.aggregates import Aggregates
from chassis.mongo import Document, Index, Store

from outreach.adapters.topics import EVENTS
from outreach.domain.commenters import Commenter
from outreach.domain.errors import CommenterNotFound

COLLECTION = "commenters"
INDEXES = (
    Index(collection=COLLECTION, keys=(("community_id", 1), ("union_mark", 1))),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("joined.account_id", 1))),
    # The worker's own query, over all communities.
    Index(collection=COLLECTION, keys=(("due_at", 1),)),
)


class MongoCommenters(Aggregates[Commenter]):
    """The commenters of all communities."""

    def __init__(self, store: Store) -> None:
        super().__init__(
            store, COLLECTION, Commenter, topic=EVENTS, not_found=lambda _: CommenterNotFound()
        )

    async def find(self, community_id: str, commenter_id: str) -> Commenter | None:
        """None for one that nobody has met."""
        return (await self.get_many(community_id, [commenter_id]))[0]

    async def of_union(self, community_id: str, union_mark: str) -> list[Commenter]:
        """One person, as each official account knows them."""
        where: Document = {"community_id": community_id, "union_mark": union_mark}
        return await self._aggregates(await self.collection.find(where))

    async def joined_to(self, community_id: str, account_id: str) -> list[Commenter]:
        """Those whose comments go to an account."""
        where: Document = {"community_id": community_id, "joined.account_id": account_id}
        return await self._aggregates(await self.collection.find(where))

    async def due(self, at: datetime, *, limit: int) -> list[Commenter]:
        """Of every community: where there is something to find out or to do, longest due first."""
        found = await self.collection.find(
            {"due_at": {"$lte": at}}, sort=(("due_at", 1),), limit=limit
        )
        return await self._aggregates(found)
