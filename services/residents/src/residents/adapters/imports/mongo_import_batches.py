"""Imports in MongoDB, and the indexes that their queries use."""

from collections.abc import Sequence
from datetime import datetime

from chassis.aggregates import Aggregates, Event, Page
from chassis.clock import Now, utc_now
from chassis.errors import RequestIdReused
from chassis.mongo import DuplicateKey, Index, Store
from chassis.requests import Request

from residents.application.ports import Cursor
from residents.domain.events import SERVICE_TOPIC
from residents.domain.imports.batch import (
    ENDED,
    IN_PROGRESS,
    NOT_ACCEPTED,
    WORK_TO_DO,
    ImportBatch,
    ImportState,
    Kind,
)
from residents.domain.imports.errors import ImportNotFound

COLLECTION = "import_batches"
_NEWEST_FIRST = (("received_at", -1), ("_id", -1))

INDEXES = (
    Index(collection=COLLECTION, keys=(("community_id", 1), ("request_mark", 1)), unique=True),
    Index(
        collection=COLLECTION,
        keys=(("community_id", 1), ("kind", 1), ("file.mark", 1), ("attempt", 1)),
    ),
    Index(
        collection=COLLECTION,
        keys=(("community_id", 1), ("kind", 1), ("state", 1), ("ended_at", 1)),
    ),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("file.id", 1))),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("state", 1))),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("received_at", 1), ("_id", 1))),
    Index(collection=COLLECTION, keys=(("state", 1), ("received_at", 1))),
    Index(collection=COLLECTION, keys=(("state", 1), ("has_leftovers", 1))),
)


class MongoImportBatches(Aggregates[ImportBatch]):
    """The port `ImportBatches`."""

    def __init__(self, store: Store, *, now: Now = utc_now) -> None:
        super().__init__(
            store,
            COLLECTION,
            ImportBatch,
            topic=SERVICE_TOPIC,
            not_found=lambda _: ImportNotFound(),
            now=now,
        )

    async def add(
        self,
        aggregate: ImportBatch,
        events: Sequence[Event] = (),
        *,
        request: Request | None = None,
    ) -> ImportBatch:
        """See the port."""
        try:
            return await super().add(aggregate, events, request=request)
        except DuplicateKey:
            raise RequestIdReused from None

    async def of_request(self, community_id: str, request_mark: str) -> ImportBatch | None:
        """See the port."""
        found = await self.collection.find(
            {"community_id": community_id, "request_mark": request_mark}, limit=1
        )
        return await self._first(found)

    async def latest_of_file(
        self, community_id: str, kind: Kind, file_mark: str
    ) -> ImportBatch | None:
        """See the port."""
        found = await self.collection.find(
            {"community_id": community_id, "kind": kind.value, "file.mark": file_mark},
            sort=(("attempt", -1),),
            limit=1,
        )
        return await self._first(found)

    async def of_file(self, community_id: str, file_id: str) -> ImportBatch | None:
        """See the port."""
        where = {"community_id": community_id, "file.id": file_id}
        return await self._first(await self.collection.find(where, limit=1))

    async def latest_applied(self, community_id: str, kind: Kind) -> ImportBatch | None:
        """See the port."""
        found = await self.collection.find(
            {
                "community_id": community_id,
                "kind": kind.value,
                "state": ImportState.APPLIED.value,
            },
            sort=(("ended_at", -1),),
            limit=1,
        )
        return await self._first(found)

    async def in_progress(self, community_id: str) -> list[ImportBatch]:
        """See the port."""
        found = await self.collection.find(
            {"community_id": community_id, "state": {"$in": list(IN_PROGRESS)}}
        )
        return await self._aggregates(found)

    async def newest_first(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> Page[ImportBatch]:
        """See the port."""
        where = {"community_id": community_id}
        return await self.page(where, sort=_NEWEST_FIRST, first=first, after=after)

    async def received_since(self, community_id: str, at: datetime) -> int:
        """See the port."""
        return await self.collection.count(
            {"community_id": community_id, "received_at": {"$gte": at}}
        )

    async def with_work(self, *, limit: int) -> list[ImportBatch]:
        """See the port."""
        found = await self.collection.find({"state": {"$in": list(WORK_TO_DO)}}, limit=limit)
        waiting = await self._aggregates(found)
        return sorted(waiting, key=lambda batch: batch.received_at)

    async def with_leftovers(self, *, limit: int) -> list[ImportBatch]:
        """See the port."""
        found = await self.collection.find(
            {"state": {"$in": list(ENDED)}, "has_leftovers": True}, limit=limit
        )
        return await self._aggregates(found)

    async def lapsed(self, received_before: datetime, *, limit: int) -> list[ImportBatch]:
        """See the port."""
        found = await self.collection.find(
            {"state": {"$in": list(NOT_ACCEPTED)}, "received_at": {"$lte": received_before}},
            limit=limit,
        )
        return await self._aggregates(found)

    async def _first(self, found: Sequence[dict[str, object]]) -> ImportBatch | None:
        return (await self._aggregates(found))[0] if found else None
