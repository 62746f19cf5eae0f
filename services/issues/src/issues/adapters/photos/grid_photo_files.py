"""The bytes of photos in GridFS."""

from chassis.mongo import DuplicateKey, Store

from issues.domain.photos.photo import Rendition

BUCKET = "photo_files"


class GridPhotoFiles:
    """The port `PhotoFiles`. An id names one photo of one community, and nobody can guess it."""

    def __init__(self, store: Store) -> None:
        self._bucket = store.file_bucket(BUCKET)

    async def write(
        self, photo_id: str, attempt: int, rendition: Rendition, content: bytes
    ) -> None:
        """See the port."""
        try:
            await self._bucket.write(_file_id(photo_id, attempt, rendition), content)
        except DuplicateKey as error:
            raise FileExistsError(_file_id(photo_id, attempt, rendition)) from error

    async def read(self, photo_id: str, attempt: int, rendition: Rendition) -> bytes | None:
        """See the port."""
        return await self._bucket.read(_file_id(photo_id, attempt, rendition))

    async def delete(self, photo_id: str, attempt: int) -> None:
        """See the port."""
        for rendition in Rendition:
            await self._bucket.delete(_file_id(photo_id, attempt, rendition))


def _file_id(photo_id: str, attempt: int, rendition: Rendition) -> str:
    return f"{photo_id}/{attempt}/{rendition}"
