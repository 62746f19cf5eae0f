"""How many bodies come in at once: of one photo, of one person, and of all of them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from issues.domain.photos.errors import PhotoBusy
from issues.domain.photos.photo import Photo

_AT_ONCE = 8
"""Of up to 10 MB each in memory."""
_OF_ONE_PERSON = 2
_WAITS_SECONDS = 10.0


class UploadGate:
    """Lets bodies in, in this process; whoever finds no room in time is told to come again.

    Args:
        waits_seconds: how long one waits at most.
    """

    def __init__(self, *, waits_seconds: float = _WAITS_SECONDS) -> None:
        self._waits_seconds = waits_seconds
        self._under_way: dict[str, str] = {}
        self._changed = asyncio.Condition()

    @asynccontextmanager
    async def passing(self, photo: Photo) -> AsyncIterator[None]:
        """While its body comes in. Raises: PhotoBusy."""
        await self._enter(photo)
        try:
            yield
        finally:
            del self._under_way[photo.id]
            async with self._changed:
                self._changed.notify_all()

    async def _enter(self, photo: Photo) -> None:
        try:
            async with asyncio.timeout(self._waits_seconds), self._changed:
                await self._changed.wait_for(lambda: self._has_room_for(photo))
                self._under_way[photo.id] = photo.taken_by
        except TimeoutError:
            raise PhotoBusy from None

    def _has_room_for(self, photo: Photo) -> bool:
        of_person = list(self._under_way.values()).count(photo.taken_by)
        return (
            photo.id not in self._under_way
            and of_person < _OF_ONE_PERSON
            and len(self._under_way) < _AT_ONCE
        )
