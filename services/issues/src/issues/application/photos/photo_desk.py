"""What can be done with photos, on one page."""

from collections.abc import Sequence
from dataclasses import dataclass

from issues.application.photos.create_photo_upload import CreatePhotoUpload
from issues.application.photos.photo_links import PhotoLinks
from issues.application.photos.ports import Photos
from issues.application.photos.show_photo import ShowPhoto
from issues.application.photos.upload_photo import UploadPhoto
from issues.domain.photos.photo import Photo


@dataclass(frozen=True)
class PhotoDesk:
    """The use cases of photos."""

    create_photo_upload: CreatePhotoUpload
    upload_photo: UploadPhoto
    show_photo: ShowPhoto
    links: PhotoLinks
    photos: Photos

    async def of_issues(self, community_id: str, issue_ids: Sequence[str]) -> list[list[Photo]]:
        """Read the photos of issues that somebody may see, in the order of the ids."""
        kept = await self.photos.kept_of(community_id, issue_ids)
        return [[photo for photo in kept if photo.issue_id == issue_id] for issue_id in issue_ids]
