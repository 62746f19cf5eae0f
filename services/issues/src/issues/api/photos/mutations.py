"""A photo is asked for in the graph, and sent beside it."""

from datetime import datetime
from typing import Annotated

import strawberry
from chassis.graphql import scopes_for
from chassis.graphql_errors import RequestIdReused
from chassis.ids import derived_id

from issues.api.context import Info, actor_of
from issues.api.errors import IssueNotFound
from issues.api.inputs import REQUEST_ID
from issues.api.photos.errors import TooManyPhotos
from issues.domain.photos.photo import LARGEST_PHOTO_BYTES

_MAY_SEND = scopes_for("resident", "steward", "partner", "clerk", "secretary")


@strawberry.input(description="Of which issue a photo will be sent.")
class CreatePhotoUploadInput:
    """For `createPhotoUpload`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    issue_id: strawberry.ID = strawberry.field(description="The issue.")


@strawberry.type(description="One photo may be sent.")
class CreatePhotoUploadSuccess:
    """Of `createPhotoUpload`."""

    photo_id: strawberry.ID = strawberry.field(description="The photo's id, once it is there.")
    upload_url: str = strawberry.field(
        description="PUT the bytes of a JPEG, PNG or WebP picture here; good for one photo."
    )
    expires_at: datetime = strawberry.field(description="Until when, ten minutes from now.")
    max_bytes: int = strawberry.field(description="How many bytes at most.")


CreatePhotoUploadResult = Annotated[
    CreatePhotoUploadSuccess | IssueNotFound | TooManyPhotos | RequestIdReused,
    strawberry.union(
        "CreatePhotoUploadResult", description="What can come of asking to send a photo."
    ),
]


@strawberry.type
class PhotoMutation:
    """Every write of photos."""

    @strawberry.federation.mutation(
        description=(
            "Ask to send a photo of an issue: the staff of any, others of one that they are to "
            "work on or have reported."
        ),
        authenticated=True,
        requires_scopes=_MAY_SEND,
    )
    async def create_photo_upload(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            CreatePhotoUploadInput, strawberry.argument(description="What to do.")
        ],
    ) -> CreatePhotoUploadResult | None:
        """The photo's id is derived from who asks and the request."""
        actor, photos = actor_of(info.context), info.context.application.photos
        photo = await photos.create_photo_upload(
            actor,
            input.issue_id,
            photo_id=derived_id("photo", actor.account_id, input.request_id),
            request=info.context.request_for(
                input.request_id, operation="createPhotoUpload", issue_id=input.issue_id
            ),
        )
        return CreatePhotoUploadSuccess(
            photo_id=strawberry.ID(photo.id),
            upload_url=photos.links.upload_url(photo),
            expires_at=photo.expires_at,
            max_bytes=LARGEST_PHOTO_BYTES,
        )
