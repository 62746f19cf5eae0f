"""An issue as residents see it: nothing that somebody typed in private, and nobody's name."""

from datetime import datetime

import strawberry
from chassis.connections import DEFAULT_FIRST, Connection
from msgspec import UnsetType

from issues.api.context import Info
from issues.api.enums import IssueState
from issues.api.paging import After, First
from issues.api.photos.types import Photo
from issues.api.public import loaders
from issues.api.public.enums import FollowerRole
from issues.api.public.timeline import TimelineEntry, timeline_of
from issues.api.types import Clock, IssueCategory
from issues.application.public.public_issues import SeenIssue
from issues.domain import categories
from issues.domain.followers.follower import Follower


async def _role(root: strawberry.Parent["PublicIssue"], info: Info) -> FollowerRole | None:
    """Read together with those of the other items, unless it was read with the issue."""
    follower = root.follower
    if isinstance(follower, UnsetType):
        follower = await info.context.load(loaders.own_followers, root.id)
    return FollowerRole(follower.role.value) if follower and follower.following else None


@strawberry.type(description="An issue as everybody of the community, or its reporter, may see it.")
class PublicIssue:
    """See `application.public.public_issues.SeenIssue`."""

    id: strawberry.ID = strawberry.field(description="The issue's id.")
    state: IssueState = strawberry.field(description="Where it stands.")
    category: IssueCategory = strawberry.field(description="What it is about.")
    public_text: str | None = strawberry.field(
        description="What it is; null while the staff have not written what everybody may read."
    )
    reported_at: datetime = strawberry.field(description="When it was reported.")
    updated_at: datetime = strawberry.field(
        description="When something last happened to it that everybody may know."
    )
    clock: Clock = strawberry.field(description="The time to its solution.")
    rating: int | None = strawberry.field(
        description="What the reporter gave, 1 to 5, once it is settled."
    )
    resolution_note: str | None = strawberry.field(
        description="What was done, the last time that it was; null before."
    )
    rejection_reason: str | None = strawberry.field(
        description="Why nothing will be done; null unless it was rejected."
    )
    mine: bool = strawberry.field(description="Whether the caller reported it.")
    role: FollowerRole | None = strawberry.field(
        resolver=_role, description="Why the caller hears of it; null where they do not."
    )
    follower: strawberry.Private[Follower | UnsetType | None]
    repeats: strawberry.Private[str | None]
    proof_ids: strawberry.Private[tuple[str, ...]]
    reporter_id: strawberry.Private[str | None]

    @classmethod
    def of(cls, seen: SeenIssue) -> "PublicIssue":
        """The graph's view of what somebody sees."""
        issue = seen.issue
        return cls(
            id=strawberry.ID(issue.id),
            state=IssueState(issue.state.value),
            category=IssueCategory.of(categories.category_of(issue.category)),
            public_text=issue.public_text,
            reported_at=issue.reported_at,
            updated_at=issue.publicly_changed_at or issue.updated_at,
            clock=Clock.of(issue.handling),
            rating=issue.confirmation.rating if issue.confirmation else None,
            resolution_note=issue.resolution.note if issue.resolution else None,
            rejection_reason=issue.rejection.reason if issue.rejection else None,
            mine=seen.is_mine,
            follower=seen.follower,
            repeats=issue.duplication.original_id if issue.duplication else None,
            proof_ids=issue.resolution.photo_ids if issue.resolution else (),
            reporter_id=issue.reporter.account_id if issue.reporter else None,
        )

    @strawberry.field(
        description=(
            "The issue that it repeats and under which the work goes on; null where it repeats "
            "none, or one that is not public."
        )
    )
    async def original_id(self, info: Info) -> strawberry.ID | None:
        """Read together with those of the other items."""
        if self.repeats is None:
            return None
        original = await info.context.load(loaders.public_ids, self.repeats)
        return None if original is None else strawberry.ID(original)

    @strawberry.field(description="What happened to it, the first first.")
    async def timeline(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[TimelineEntry] | None:
        """What everybody may read."""
        return await timeline_of(info, self.id, public_only=True, first=first, after=after)

    @strawberry.field(
        description=(
            "The photos that prove the work, the first uploaded first; never one that its "
            "reporter sent."
        )
    )
    async def photos(self, info: Info) -> list[Photo] | None:
        """Read together with those of the other items."""
        found = await info.context.load_many(loaders.shown_photos, self.proof_ids)
        proof = [
            Photo.of(info.context, photo)
            for photo in found
            if photo is not None and photo.taken_by != self.reporter_id
        ]
        return sorted(proof, key=lambda photo: (photo.uploaded_at, photo.id))

    @strawberry.field(description="The photos that the caller sent, the first uploaded first.")
    async def own_photos(self, info: Info) -> list[Photo] | None:
        """Read together with those of the other items."""
        sent = await info.context.load(loaders.own_photos, self.id)
        return [Photo.of(info.context, photo) for photo in sent]

    @strawberry.field(description="How many hear of it, its reporter included.")
    async def follower_count(self, info: Info) -> int | None:
        """Counted together with those of the other items."""
        return await info.context.load(loaders.follower_counts, self.id)
