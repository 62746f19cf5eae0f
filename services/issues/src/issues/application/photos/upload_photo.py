"""A photo comes in for its ticket."""

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime

from issues.application.photos.photo_links import PhotoLinks
from issues.application.photos.ports import PhotoFiles, Photos, Pictures, Rendered, Sent
from issues.application.ports import Now
from issues.domain.photos.errors import (
    PhotoIncomplete,
    PhotoNotFound,
    PhotoRefused,
    PhotoTicketInvalid,
    PhotoTooLarge,
)
from issues.domain.photos.photo import (
    LARGEST_PHOTO_BYTES,
    REFUSALS,
    Photo,
    Picture,
    Rendition,
)


@dataclass(frozen=True)
class UploadPhoto:
    """Files first, then the one write that names them; files that nobody names are cleared up.

    The same bytes again are the photo that is there. Bytes that are no photo use the ticket up.
    """

    photos: Photos
    files: PhotoFiles
    pictures: Pictures
    links: PhotoLinks
    now: Now

    async def __call__(self, photo_id: str, ticket: str, sent: Sent) -> Photo:
        """Keep the photo. Returns: the photo, or the one that is there.

        Raises: PhotoTicketInvalid; PhotoIncomplete; PhotoTooLarge; PhotoNotAnImage;
            PhotoTooManyPixels; PhotoAlreadyUploaded. Then nothing of what was sent is kept.
        """
        admitted_at = self.now()
        photo = await self.admitted(photo_id, ticket)
        try:
            content = await _whole(sent)
            sha256 = await asyncio.to_thread(_sha256_of, content)
            if photo.is_repeat(sha256):
                return photo
            rendered = await self.pictures.render(content)
        except PhotoRefused as refused:
            await self._use_up(photo, refused)
            raise
        return await self._keep(photo, rendered, sha256, admitted_at)

    async def admitted(self, photo_id: str, ticket: str) -> Photo:
        """Read the photo that something may be uploaded for. Raises: PhotoTicketInvalid."""
        photo = await self._of_ticket(photo_id, ticket)
        photo.check_ticket(self.now())
        return photo

    async def _of_ticket(self, photo_id: str, ticket: str) -> Photo:
        if not self.links.is_ticket(photo_id, ticket):
            raise PhotoTicketInvalid
        try:
            return await self.photos.of_ticket(photo_id)
        except PhotoNotFound:
            raise PhotoTicketInvalid from None

    async def _use_up(self, photo: Photo, refused: PhotoRefused) -> None:
        refusal = REFUSALS.get(type(refused))
        if refusal is not None:
            await self.photos.change(
                photo.community_id, photo.id, lambda known: known.refuse(refusal)
            )

    async def _keep(
        self, photo: Photo, rendered: Rendered, sha256: str, admitted_at: datetime
    ) -> Photo:
        begun = await self.photos.change(
            photo.community_id, photo.id, lambda known: known.begin(admitted_at)
        )
        attempt = begun.attempts
        await self.files.write(photo.id, attempt, Rendition.FULL, rendered.full)
        await self.files.write(photo.id, attempt, Rendition.THUMBNAIL, rendered.thumbnail)
        picture = Picture(
            width=rendered.width,
            height=rendered.height,
            size_bytes=len(rendered.full),
            sha256=sha256,
            attempt=attempt,
            uploaded_at=self.now(),
        )
        try:
            kept = await self.photos.change(
                photo.community_id, photo.id, lambda known: known.keep(picture)
            )
        except PhotoRefused:
            await self.files.delete(photo.id, attempt)
            raise
        if attempt in kept.left_over:
            await self.files.delete(photo.id, attempt)
        return kept


def _sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


async def _whole(sent: Sent) -> bytes:
    """Read the body, never more of it than a photo may have.

    Raises: PhotoTooLarge; PhotoIncomplete.
    """
    if sent.announced_bytes is not None and sent.announced_bytes > LARGEST_PHOTO_BYTES:
        raise PhotoTooLarge
    content = bytearray()
    async for piece in sent.pieces:
        content += piece
        if len(content) > LARGEST_PHOTO_BYTES:
            raise PhotoTooLarge
    if sent.announced_bytes is not None and len(content) != sent.announced_bytes:
        raise PhotoIncomplete
    return bytes(content)
