"""Photos in memory, for tests of what stands on them."""

from collections.abc import Sequence
from datetime import datetime

from chassis.testing import MemoryAggregates

from issues.adapters.memory import page_of
from issues.adapters.photos.mongo_photos import uploaded
from issues.application.ports import Cursor, Due
from issues.domain.errors import IssueNotFound
from issues.domain.handling.evidence import Evidence
from issues.domain.photos.errors import PhotoNotFound
from issues.domain.photos.photo import Photo, PhotoState, Rendition
from issues.domain.photos.places import PhotoPlaces


class MemoryPhotos(MemoryAggregates[Photo]):
    """The port `Photos`."""

    def __init__(self) -> None:
        super().__init__(lambda _: PhotoNotFound())

    async def of_ticket(self, photo_id: str) -> Photo:
        """See the port."""
        for photo in self.all:
            if photo.id == photo_id:
                return photo
        raise PhotoNotFound

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
        found = [
            photo
            for photo in self.all
            if photo.community_id == community_id
            and photo.issue_id in issue_ids
            and photo.state is PhotoState.KEPT
        ]
        return sorted(found, key=uploaded)

    async def sent_by(
        self, community_id: str, account_id: str, issue_ids: Sequence[str]
    ) -> list[Photo]:
        """See the port."""
        kept = await self.kept_of(community_id, issue_ids)
        return [photo for photo in kept if photo.taken_by == account_id]

    async def due_to_clear(self, at: datetime, *, first: int, after: Cursor | None) -> list[Due]:
        """See the port."""
        due = [photo for photo in self.all if photo.clear_at is not None and photo.clear_at <= at]
        page = page_of(due, _to_clear, newest_first=False, first=first, after=after)
        return [Due(photo.community_id, photo.id, _to_clear(photo)) for photo in page.items]


def _to_clear(photo: Photo) -> tuple[datetime, str]:
    assert photo.clear_at is not None  # noqa: S101  only what is to be cleared is asked
    return photo.clear_at, photo.id


class MemoryPhotoPlaces(MemoryAggregates[PhotoPlaces]):
    """The port `Places`."""

    def __init__(self) -> None:
        super().__init__(lambda _: IssueNotFound())


class MemoryPhotoFiles:
    """The port `PhotoFiles`.

    Attributes:
        kept: the bytes by photo, upload and rendition.
    """

    def __init__(self) -> None:
        self.kept: dict[tuple[str, int, Rendition], bytes] = {}

    async def write(
        self, photo_id: str, attempt: int, rendition: Rendition, content: bytes
    ) -> None:
        """See the port."""
        if (photo_id, attempt, rendition) in self.kept:
            raise FileExistsError(f"{photo_id}/{attempt}/{rendition}")
        self.kept[photo_id, attempt, rendition] = content

    async def read(self, photo_id: str, attempt: int, rendition: Rendition) -> bytes | None:
        """See the port."""
        return self.kept.get((photo_id, attempt, rendition))

    async def delete(self, photo_id: str, attempt: int) -> None:
        """See the port."""
        for rendition in Rendition:
            self.kept.pop((photo_id, attempt, rendition), None)
