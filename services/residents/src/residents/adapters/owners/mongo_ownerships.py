"""Ownerships in MongoDB, and the indexes that their queries use."""

from collections.abc import Sequence

from chassis.aggregates import Aggregates, Page
from chassis.clock import Now, utc_now
from chassis.mongo import Document, Index, Store

from residents.application.ports import Cursor
from residents.domain.events import SERVICE_TOPIC
from residents.domain.owners.errors import OwnershipNotFound
from residents.domain.owners.ownership import Events, Ownership, OwnershipList

COLLECTION = "ownerships"
BY_DOOR = (("dwelling.order_key", 1), ("_id", 1))
STAGED_FOR = "staged.edition"
INDEXES = (
    Index(collection=COLLECTION, keys=(("community_id", 1), ("lists", 1), *BY_DOOR)),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("owner_ids", 1), *BY_DOOR)),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("all_owner_ids", 1), *BY_DOOR)),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("dwelling.building_id", 1), *BY_DOOR)),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("owners_mark", 1), *BY_DOOR)),
    # Empty but while an import is applied.
    Index(
        collection=COLLECTION,
        keys=(("community_id", 1), (STAGED_FOR, 1), ("_id", 1)),
        partial={STAGED_FOR: {"$gt": 0}},
    ),
)


class MongoOwnerships(Aggregates[Ownership]):
    """See `ports.Ownerships`. Nothing in them is personal but by way of the owners' ids."""

    def __init__(self, store: Store, *, now: Now = utc_now) -> None:
        super().__init__(
            store,
            COLLECTION,
            Ownership,
            topic=SERVICE_TOPIC,
            not_found=lambda _: OwnershipNotFound(),
            now=now,
        )

    async def of_list(
        self, community_id: str, of: OwnershipList, *, first: int, after: Cursor | None = None
    ) -> Page[Ownership]:
        """See `Ownerships.of_list`."""
        where = {"community_id": community_id, "lists": of.value}
        return await self.page(where, sort=BY_DOOR, first=first, after=after)

    async def count_of_list(self, community_id: str, of: OwnershipList) -> int:
        """See `Ownerships.count_of_list`."""
        return await self.collection.count({"community_id": community_id, "lists": of.value})

    async def of_owner(
        self, community_id: str, owner_id: str, *, first: int, after: Cursor | None = None
    ) -> Page[Ownership]:
        """See `Ownerships.of_owner`."""
        where = {"community_id": community_id, "owner_ids": owner_id}
        return await self.page(where, sort=BY_DOOR, first=first, after=after)

    async def ever_of_owner(
        self, community_id: str, owner_id: str, *, first: int, after: Cursor | None = None
    ) -> Page[Ownership]:
        """See `Ownerships.ever_of_owner`."""
        where = {"community_id": community_id, "all_owner_ids": owner_id}
        return await self.page(where, sort=BY_DOOR, first=first, after=after)

    async def owning_among(self, community_id: str, owner_ids: Sequence[str]) -> frozenset[str]:
        """See `Ownerships.owning_among`."""
        wanted = set(owner_ids)
        found = await self.collection.find(
            {"community_id": community_id, "owner_ids": {"$in": sorted(wanted)}},
            fields={"owner_ids": 1},
        )
        return frozenset(wanted & {one for each in found for one in each["owner_ids"]})

    async def of_building(self, community_id: str, building_id: str) -> list[Ownership]:
        """See `Ownerships.of_building`."""
        where = {"community_id": community_id, "dwelling.building_id": building_id}
        return await self._aggregates(await self.collection.find(where, sort=BY_DOOR))

    async def of_owners(self, community_id: str, owners_mark: str) -> list[Ownership]:
        """See `Ownerships.of_owners`."""
        where = {"community_id": community_id, "owners_mark": owners_mark}
        return await self._aggregates(await self.collection.find(where, sort=BY_DOOR))

    async def settle(self, community_id: str, edition: int, *, limit: int) -> list[Ownership]:
        """See `Ownerships.settle`."""
        at, settled = self._now(), []

        def fold(before: Ownership) -> tuple[Ownership, Events]:
            settled.append(before)
            return before.settled(edition, at)

        where = {"community_id": community_id, STAGED_FOR: edition}
        await self.change_found(where, fold, limit=limit)
        return settled

    async def unstage(self, community_id: str, *, above: int, upto: int) -> None:
        """See `Ownerships.unstage`."""
        # By name, not as a range: the embedded wheel store loses the end of such a one.
        editions = list(range(above + 1, upto + 1))
        where: Document = {"community_id": community_id, STAGED_FOR: {"$in": editions}}
        await self.collection.update_many(where, {"$set": {"staged": None}, "$inc": {"version": 1}})
