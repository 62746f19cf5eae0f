"""Somebody looks at a photo by an address that was signed for them."""

from dataclasses import dataclass

from issues.application.photos.photo_links import PhotoLinks
from issues.application.photos.ports import PhotoFiles, Photos
from issues.application.ports import Now
from issues.domain.photos.errors import PhotoNotFound
from issues.domain.photos.photo import Rendition


@dataclass(frozen=True)
class ShowPhoto:
    """Read a rendition as JPEG. Raises: PhotoNotFound, whatever is wrong."""

    photos: Photos
    files: PhotoFiles
    links: PhotoLinks
    now: Now

    async def __call__(self, photo_id: str, rendition: str, until: str, signature: str) -> bytes:
        if rendition not in set(Rendition):
            raise PhotoNotFound
        wanted = Rendition(rendition)
        if not self.links.is_shown(photo_id, wanted, until, signature, self.now()):
            raise PhotoNotFound
        photo = await self.photos.of_ticket(photo_id)
        if photo.picture is None:
            raise PhotoNotFound
        content = await self.files.read(photo.id, photo.picture.attempt, wanted)
        if content is None:
            raise PhotoNotFound
        return content
