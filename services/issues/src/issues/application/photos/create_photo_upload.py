"""Somebody at work on an issue, or who reported it, asks to send a photo of it."""

from dataclasses import dataclass

from chassis.requests import Request

from issues.application.handling.reach import reaches
from issues.application.permit import permit
from issues.application.photos.ports import Photos
from issues.application.ports import Issues, Now
from issues.domain.errors import IssueNotFound
from issues.domain.handling.visibility import is_reporter
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, Operation
from issues.domain.photos.errors import TooManyPhotos
from issues.domain.photos.photo import MAX_PHOTOS_OF_ISSUE, Photo, request_photo


@dataclass(frozen=True)
class CreatePhotoUpload:
    """Make a photo that waits for its bytes.

    Raises: Forbidden; IssueNotFound, also where the issue is not the actor's to work on or their
        own; TooManyPhotos; RequestIdReused.
    """

    photos: Photos
    issues: Issues
    now: Now

    async def __call__(
        self, actor: Actor, issue_id: str, *, photo_id: str, request: Request
    ) -> Photo:
        permit(actor, Operation.CREATE_PHOTO_UPLOAD)
        issue = await self.issues.get(actor.community_id, issue_id)
        if not _is_theirs(actor, issue):
            raise IssueNotFound
        await self._check_room(actor.community_id, issue_id, photo_id)
        photo = request_photo(
            photo_id,
            community_id=actor.community_id,
            issue_id=issue_id,
            by=actor.account_id,
            at=self.now(),
        )
        return await self.photos.add(photo, request=request)

    async def _check_room(self, community_id: str, issue_id: str, photo_id: str) -> None:
        if await self.photos.count_of(community_id, issue_id) < MAX_PHOTOS_OF_ISSUE:
            return
        (there,) = await self.photos.get_many(community_id, [photo_id])
        if there is None:
            raise TooManyPhotos


def _is_theirs(actor: Actor, issue: Issue) -> bool:
    return reaches(actor, issue) or is_reporter(issue, actor.account_id)
