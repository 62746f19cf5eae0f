"""What uploads left behind goes, and what nobody uploaded is closed."""

from dataclasses import dataclass

from issues.application.photos.ports import PhotoFiles, Photos
from issues.application.ports import Now
from issues.domain.photos.photo import Photo, Refusal

_AT_ONCE = 50


@dataclass(frozen=True)
class ClearPhotos:
    """What the worker does every now and then, for all communities; each step may be repeated."""

    photos: Photos
    files: PhotoFiles
    now: Now

    async def __call__(self) -> None:
        for photo in await self.photos.due_to_clear(self.now(), limit=_AT_ONCE):
            await self._clear(photo)

    async def _clear(self, photo: Photo) -> None:
        closed = await self.photos.change(
            photo.community_id, photo.id, lambda known: known.refuse(Refusal.LAPSED)
        )
        for attempt in closed.left_over:
            await self.files.delete(photo.id, attempt)
        await self.photos.change(photo.community_id, photo.id, Photo.cleared)
