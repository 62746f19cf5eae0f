"""What the staff see of an issue's history, proof and followers; Issue inherits it."""

import strawberry
from chassis.connections import DEFAULT_FIRST, Connection

from issues.api.context import Info
from issues.api.paging import After, First
from issues.api.photos.types import Photo
from issues.api.public import loaders
from issues.api.public.timeline import TimelineEntry, timeline_of


@strawberry.type
class IssueHistory:
    """Fields of an issue that whoever asks may see."""

    id: strawberry.ID = strawberry.field(description="Its id.")

    @strawberry.field(description="What happened to it, the first first; public or not.")
    async def timeline(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[TimelineEntry] | None:
        """One page."""
        return await timeline_of(info, self.id, public_only=False, first=first, after=after)

    @strawberry.field(description="What everybody may read of what happened to it.")
    async def public_timeline(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[TimelineEntry] | None:
        """One page."""
        return await timeline_of(info, self.id, public_only=True, first=first, after=after)

    @strawberry.field(description="Its photos, the first uploaded first; at most 100.")
    async def photos(self, info: Info) -> list[Photo] | None:
        """Read together with those of the other items."""
        kept = await info.context.load(loaders.photos, self.id)
        return [Photo.of(info.context, photo) for photo in kept]

    @strawberry.field(description="How many hear of it, its reporter included.")
    async def follower_count(self, info: Info) -> int | None:
        """Counted together with those of the other items."""
        return await info.context.load(loaders.follower_counts, self.id)
