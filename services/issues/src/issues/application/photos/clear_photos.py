"""What uploads left behind goes, and what nobody uploaded is closed."""

from dataclasses import dataclass

from chassis.errors import StoreUnavailable

from issues.application.photos.ports import PhotoFiles, Photos
from issues.application.ports import Cursor, Due, FailureTally, Now
from issues.domain.photos.photo import Photo, Refusal

_AT_ONCE = 50


@dataclass(frozen=True)
class ClearPhotos:
    """What the worker does every now and then, for all communities; each step may be repeated.

    A photo that cannot be cleared holds up no other; it is tried again the next time.

    Raises: StoreUnavailable.
    """

    photos: Photos
    files: PhotoFiles
    failures: FailureTally
    now: Now

    async def __call__(self) -> None:
        at = self.now()
        place: Cursor | None = None
        while found := await self.photos.due_to_clear(at, first=_AT_ONCE, after=place):
            for each in found:
                await self._contained(each)
            place = found[-1].place

    async def _contained(self, due: Due) -> None:
        try:
            await self._clear(due)
        except StoreUnavailable:
            raise
        except Exception as error:
            self.failures.failed("clear_photos", due.id, error)

    async def _clear(self, due: Due) -> None:
        closed = await self.photos.change(
            due.community_id, due.id, lambda known: known.refuse(Refusal.LAPSED)
        )
        for attempt in closed.left_over:
            await self.files.delete(due.id, attempt)
        await self.photos.change(due.community_id, due.id, Photo.cleared)
