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
        return _by_issue(await self.photos.kept_of(community_id, issue_ids), issue_ids)

    async def sent_by(
        self, community_id: str, account_id: str, issue_ids: Sequence[str]
    ) -> list[list[Photo]]:
        """Read what an account sent of issues that it may see, in the order of the ids."""
        sent = await self.photos.sent_by(community_id, account_id, issue_ids)
        return _by_issue(sent, issue_ids)

    async def shown(self, community_id: str, photo_ids: Sequence[str]) -> list[Photo | None]:
        """Read photos, in the order of the ids; None for one that is not there to be seen."""
        found = await self.photos.get_many(community_id, photo_ids)
        return [photo if photo is not None and photo.picture else None for photo in found]


def _by_issue(photos: Sequence[Photo], issue_ids: Sequence[str]) -> list[list[Photo]]:
    found: dict[str, list[Photo]] = {issue_id: [] for issue_id in issue_ids}
    for photo in photos:
        found[photo.issue_id].append(photo)
    return [found[issue_id] for issue_id in issue_ids]
