"""Photos as the graph shows them."""

from datetime import datetime

import strawberry
from chassis.graphql_context import Context

from issues.application.matters import Matters
from issues.application.photos.photo_links import SHOWN_FOR
from issues.domain.photos.photo import Photo as KeptPhoto
from issues.domain.photos.photo import Rendition


@strawberry.type(description="A photo of an issue: upright, and nothing in it but what is seen.")
class Photo:
    """See `domain.photos.photo.Photo`; who took it is in no field."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    url: str = strawberry.field(
        description="Where it is seen until `expiresAt`: JPEG, at most 2048 pixels a side."
    )
    thumbnail_url: str = strawberry.field(
        description="Where a small one is seen until then: JPEG, at most 320 pixels a side."
    )
    expires_at: datetime = strawberry.field(description="When the addresses end; ask again then.")
    width: int = strawberry.field(description="Pixels of the large one.")
    height: int = strawberry.field(description="Pixels of the large one.")
    uploaded_at: datetime = strawberry.field(description="When it was uploaded.")

    @classmethod
    def of(cls, context: Context[Matters], kept: KeptPhoto) -> "Photo":
        """The graph's view of a photo that was kept, with addresses for whoever asks."""
        picture = kept.picture
        if picture is None:
            raise LookupError("only a photo that was kept is shown")
        links = context.application.photos.links
        until = (context.application.now() + SHOWN_FOR).replace(microsecond=0)
        return cls(
            id=strawberry.ID(kept.id),
            url=links.shown_url(kept, Rendition.FULL, until=until),
            thumbnail_url=links.shown_url(kept, Rendition.THUMBNAIL, until=until),
            expires_at=until,
            width=picture.width,
            height=picture.height,
            uploaded_at=picture.uploaded_at,
        )
