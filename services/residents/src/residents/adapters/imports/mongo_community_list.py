"""The communities of an installation, for an operator who names none."""

from chassis.mongo import Store

from residents.adapters.mongo import MongoCommunities
from residents.domain.community import Community


class MongoCommunityList:
    """Reads across communities; nobody but an operator's command asks."""

    def __init__(self, store: Store) -> None:
        self.collection = store.collection("communities")
        self._communities = MongoCommunities(store)

    async def first(self, limit: int) -> list[Community]:
        """Some communities."""
        found = await self.collection.find({}, fields={"_id": 1}, limit=limit)
        return [await self._communities.get(each["_id"], each["_id"]) for each in found]
