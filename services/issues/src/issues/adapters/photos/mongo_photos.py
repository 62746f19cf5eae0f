"""What is known of photos, in MongoDB."""

from collections.abc import Sequence
from datetime import datetime

from chassis.aggregates import Aggregates, Cursor
from chassis.clock import Now
from chassis.mongo import Document, Index, Store

from chassis import keyset
from issues.application.ports import Due
from issues.domain.handling.evidence import Evidence
from issues.domain.photos.errors import PhotoNotFound
from issues.domain.photos.photo import Photo, PhotoState
from issues.domain.photos.places import MAX_PHOTOS_OF_ISSUE

COLLECTION = "photos"

INDEXES = (
    # the photos of issues, and those of one person among them
    Index(
        collection=COLLECTION,
        keys=(("community_id", 1), ("issue_id", 1), ("state", 1), ("taken_by", 1)),
    ),
    Index(collection=COLLECTION, keys=(("clear_at", 1), ("_id", 1))),
)


_BY_CLEARING = (("clear_at", 1), ("_id", 1))


class MongoPhotos(Aggregates[Photo]):
    """The port `Photos`."""

    def __init__(self, store: Store, *, topic: str, now: Now) -> None:
        super().__init__(
            store, COLLECTION, Photo, topic=topic, not_found=lambda _: PhotoNotFound(), now=now
        )

    async def of_ticket(self, photo_id: str) -> Photo:
        """See the port."""
        found = await self.collection.find_one({"_id": photo_id})
        if found is None:
            raise PhotoNotFound
        return await self._aggregate(found)

    async def of_issue(
        self, community_id: str, issue_id: str, ids: Sequence[str]
    ) -> list[Evidence]:
        """See the port `evidence_ports.Photos`."""
        photos = await self.get_many(community_id, ids)
        return [
            photo.evidence(photo.picture)
            for photo in photos
            if photo and photo.issue_id == issue_id and photo.picture
        ]

    async def kept_of(self, community_id: str, issue_ids: Sequence[str]) -> list[Photo]:
        """See the port."""
        return await self._kept(community_id, issue_ids, {})

    async def sent_by(
        self, community_id: str, account_id: str, issue_ids: Sequence[str]
    ) -> list[Photo]:
        """See the port."""
        return await self._kept(community_id, issue_ids, {"taken_by": account_id})

    async def due_to_clear(self, at: datetime, *, first: int, after: Cursor | None) -> list[Due]:
        """See the port."""
        where: Document = {"clear_at": {"$lte": at}}
        if after is not None:
            where = keyset.narrowed(where, keyset.beyond(_BY_CLEARING, after))
        found = await self.collection.find(
            where, fields={"community_id": 1, "clear_at": 1}, sort=_BY_CLEARING, limit=first
        )
        return [
            Due(one["community_id"], one["_id"], (one["clear_at"], one["_id"])) for one in found
        ]

    async def _kept(
        self, community_id: str, issue_ids: Sequence[str], where: Document
    ) -> list[Photo]:
        found = await self.collection.find(
            {
                "community_id": community_id,
                "issue_id": {"$in": list(issue_ids)},
                "state": PhotoState.KEPT,
                **where,
            },
            limit=MAX_PHOTOS_OF_ISSUE * len(issue_ids),
        )
        return sorted(await self._aggregates(found), key=uploaded)


def uploaded(photo: Photo) -> tuple[datetime, str]:
    """Where a photo stands among those of its issue."""
    return photo.picture.uploaded_at if photo.picture else photo.requested_at, photo.id
