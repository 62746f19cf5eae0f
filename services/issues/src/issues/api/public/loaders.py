"""What is read many at once of photos and followers."""

from collections.abc import Sequence

from chassis.graphql_context import Context, Loader

from issues.api.context import actor_of
from issues.application.matters import Matters
from issues.domain.followers.follower import Follower
from issues.domain.photos.photo import Photo


async def _photos(context: Context[Matters], issue_ids: Sequence[str]) -> Sequence[list[Photo]]:
    community_id = context.require_principal().community_id
    return await context.application.photos.of_issues(community_id, issue_ids)


async def _shown_photos(
    context: Context[Matters], photo_ids: Sequence[str]
) -> Sequence[Photo | None]:
    community_id = context.require_principal().community_id
    return await context.application.photos.shown(community_id, photo_ids)


async def _own_photos(context: Context[Matters], issue_ids: Sequence[str]) -> Sequence[list[Photo]]:
    caller = context.require_principal()
    return await context.application.photos.sent_by(
        caller.community_id, caller.account_id, issue_ids
    )


async def _follower_counts(context: Context[Matters], issue_ids: Sequence[str]) -> Sequence[int]:
    community_id = context.require_principal().community_id
    return await context.application.public.issues.follower_counts(community_id, issue_ids)


async def _own_followers(
    context: Context[Matters], issue_ids: Sequence[str]
) -> Sequence[Follower | None]:
    issues = context.application.public.issues
    return await issues.own_followers(actor_of(context), issue_ids)


async def _public_ids(context: Context[Matters], issue_ids: Sequence[str]) -> Sequence[str | None]:
    community_id = context.require_principal().community_id
    return await context.application.public.issues.public_among(community_id, issue_ids)


photos: Loader[Matters, str, list[Photo]] = Loader(_photos)
shown_photos: Loader[Matters, str, Photo | None] = Loader(_shown_photos)
own_photos: Loader[Matters, str, list[Photo]] = Loader(_own_photos)
follower_counts: Loader[Matters, str, int] = Loader(_follower_counts)
own_followers: Loader[Matters, str, Follower | None] = Loader(_own_followers)
public_ids: Loader[Matters, str, str | None] = Loader(_public_ids)
