"""Somebody at work on an issue, or who reported it, asks to send a photo of it."""

from dataclasses import dataclass

from chassis.requests import Request

from issues.application.handling.reach import reaches
from issues.application.permit import permit
from issues.application.photos.ports import Photos
from issues.application.photos.take_place import TakePlace
from issues.application.ports import Issues, Now
from issues.domain.errors import IssueNotFound
from issues.domain.handling.visibility import is_reporter
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, Operation
from issues.domain.photos.photo import Photo, request_photo
from issues.domain.photos.places import MAX_PHOTOS_OF_HANDLER, MAX_PHOTOS_OF_REPORTER


@dataclass(frozen=True)
class CreatePhotoUpload:
    """Make a photo that waits for its bytes.

    Raises: Forbidden; IssueNotFound, also where the issue is not the actor's to work on or their
        own; TooManyPhotos; RequestIdReused.
    """

    photos: Photos
    issues: Issues
    take_place: TakePlace
    now: Now

    async def __call__(
        self, actor: Actor, issue_id: str, *, photo_id: str, request: Request
    ) -> Photo:
        permit(actor, Operation.CREATE_PHOTO_UPLOAD)
        issue = await self.issues.get(actor.community_id, issue_id)
        if not _is_theirs(actor, issue):
            raise IssueNotFound
        at = self.now()
        (there,) = await self.photos.get_many(actor.community_id, [photo_id])
        if there is None:
            await self.take_place(
                issue, photo_id, by=actor.account_id, limit=_share_of(actor, issue), at=at
            )
        photo = request_photo(
            photo_id,
            community_id=actor.community_id,
            issue_id=issue_id,
            by=actor.account_id,
            at=at,
        )
        return await self.photos.add(photo, request=request)


def _share_of(actor: Actor, issue: Issue) -> int:
    return MAX_PHOTOS_OF_HANDLER if reaches(actor, issue) else MAX_PHOTOS_OF_REPORTER


def _is_theirs(actor: Actor, issue: Issue) -> bool:
    return reaches(actor, issue) or is_reporter(issue, actor.account_id)
