"""The archives themselves, the figures of their buildings, and holds, in MongoDB."""

from datetime import date

from chassis.aggregates import Aggregates
from chassis.clock import Now, utc_now
from chassis.mongo import Document, Index, Store

from residents.adapters.archive.identities import DerivedIdentities
from residents.application.archive.ports import NoFigures, NoHold
from residents.domain.archive.editions import Archive
from residents.domain.archive.errors import ArchiveBusy
from residents.domain.archive.figures import BuildingFigures
from residents.domain.archive.holds import PersonHold
from residents.domain.events import SERVICE_TOPIC

ARCHIVE_INDEXES = (
    Index(collection="building_figures", keys=(("community_id", 1), ("edition", 1), ("_id", 1))),
    Index(collection="building_figures", keys=(("as_of", 1),)),
    Index(collection="person_holds", keys=(("expires_at", 1),), expire_after_seconds=0),
    Index(collection="person_holds", keys=(("community_id", 1),)),
)


class MongoArchives(Aggregates[Archive]):
    """See `ports.Archives`."""

    def __init__(self, store: Store, *, now: Now = utc_now) -> None:
        self._identities = DerivedIdentities()
        super().__init__(
            store, "archives", Archive, topic=SERVICE_TOPIC, not_found=lambda _: ArchiveBusy(),
            now=now,
        )  # fmt: skip

    async def of(self, community_id: str) -> Archive:
        """See `Archives.of`."""
        archive_id = self._identities.archive(community_id)
        (found,) = await self.get_many(community_id, [archive_id])
        return found or Archive(id=archive_id, community_id=community_id)


class MongoFigures(Aggregates[BuildingFigures]):
    """See `ports.Figures`."""

    def __init__(self, store: Store, *, now: Now = utc_now) -> None:
        super().__init__(
            store, "building_figures", BuildingFigures, topic=SERVICE_TOPIC,
            not_found=lambda _: NoFigures(), now=now,
        )  # fmt: skip

    async def of_edition(self, community_id: str, edition: int) -> list[BuildingFigures]:
        """See `Figures.of_edition`."""
        where: Document = {"community_id": community_id, "edition": edition}
        return await self._aggregates(await self.collection.find(where))

    async def delete_of(self, community_id: str, edition: int) -> int:
        """See `Figures.delete_of`."""
        return await self.collection.delete_many({"community_id": community_id, "edition": edition})

    async def as_of_before(self, day: date, *, limit: int) -> list[BuildingFigures]:
        """See `Figures.as_of_before`."""
        where: Document = {"as_of": {"$lt": day.isoformat()}}
        return await self._aggregates(await self.collection.find(where, limit=limit))


class MongoPersonHolds(Aggregates[PersonHold]):
    """See `ports.PersonHolds`; the store forgets them by itself."""

    def __init__(self, store: Store, *, now: Now = utc_now) -> None:
        super().__init__(
            store, "person_holds", PersonHold, topic=SERVICE_TOPIC, not_found=lambda _: NoHold(),
            now=now,
        )  # fmt: skip

    async def any_of(self, community_id: str) -> bool:
        """See `PersonHolds.any_of`."""
        where: Document = {"community_id": community_id}
        return await self.collection.find_one(where, fields={"_id": 1}) is not None
