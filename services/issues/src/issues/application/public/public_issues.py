"""What everybody of a community may see of its issues, and what people see of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from issues.application.permit import permit
from issues.application.ports import Cursor, Issues, Page
from issues.application.public.ports import FollowerId, Followers, Timeline
from issues.domain.errors import IssueNotFound
from issues.domain.followers.follower import Follower
from issues.domain.handling.visibility import is_public, is_reporter
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, Operation
from issues.domain.timeline.entry import TimelineEntry


class SeenIssue(msgspec.Struct, frozen=True, kw_only=True):
    """An issue as somebody sees it.

    Attributes:
        is_mine: whether they reported it.
        follower: how they follow it; None where they never have, UNSET where nobody looked.
    """

    issue: Issue
    is_mine: bool
    follower: Follower | msgspec.UnsetType | None


class SeenPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some of a list of issues as somebody sees them."""

    items: Sequence[SeenIssue]
    cursors: Sequence[Cursor]
    has_next_page: bool


@dataclass(frozen=True)
class PublicIssues:
    """Reads, each with the actor who asks; every list is read by two queries at most.

    Raises from every call of an actor: Forbidden.
    """

    issues: Issues
    followers: Followers
    timeline: Timeline
    follower_id: FollowerId

    async def one(self, actor: Actor, issue_id: str) -> SeenIssue:
        """Read an issue that is public, or the actor's own. Raises: IssueNotFound."""
        permit(actor, Operation.PUBLIC_ISSUE)
        return await self.seen(actor, issue_id)

    async def latest(self, actor: Actor, *, first: int, after: Cursor | None) -> SeenPage:
        """List the public issues of the community, the latest published first.

        Nobody looked how the actor follows them: see `own_followers`.
        """
        permit(actor, Operation.PUBLIC_ISSUES)
        page = await self.issues.public(actor.community_id, first=first, after=after)
        items = [_seen(actor, issue, msgspec.UNSET) for issue in page.items]
        return SeenPage(items=items, cursors=page.cursors, has_next_page=page.has_next_page)

    async def own_followers(
        self, actor: Actor, issue_ids: Sequence[str]
    ) -> Sequence[Follower | None]:
        """How the actor follows issues, in the order of the ids; None where they never have."""
        permit(actor, Operation.PUBLIC_ISSUES)
        ids = [self.follower_id(issue_id, actor.account_id) for issue_id in issue_ids]
        return await self.followers.get_many(actor.community_id, ids)

    async def mine(self, actor: Actor, *, first: int, after: Cursor | None) -> SeenPage:
        """List what the actor reported or follows, the latest followed first.

        An issue that is not there any more in a store that was set back is left out.
        """
        permit(actor, Operation.MY_ISSUES)
        page = await self.followers.followed_by(
            actor.community_id, actor.account_id, first=first, after=after
        )
        issues = await self.issues.get_many(
            actor.community_id, [follower.issue_id for follower in page.items]
        )
        seen = [
            (_seen(actor, issue, follower), cursor)
            for issue, follower, cursor in zip(issues, page.items, page.cursors, strict=True)
            if issue is not None
        ]
        return SeenPage(
            items=[item for item, _ in seen],
            cursors=[cursor for _, cursor in seen],
            has_next_page=page.has_next_page,
        )

    async def timeline_of(
        self,
        community_id: str,
        issue_id: str,
        *,
        public_only: bool,
        first: int,
        after: Cursor | None,
    ) -> Page[TimelineEntry]:
        """List what happened to an issue that somebody may see."""
        return await self.timeline.of_issue(
            community_id, issue_id, public_only=public_only, first=first, after=after
        )

    async def public_among(self, community_id: str, issue_ids: Sequence[str]) -> list[str | None]:
        """Say which issues are public, in the order of the ids; None in place of the others."""
        found = await self.issues.get_many(community_id, issue_ids)
        return [issue.id if issue is not None and is_public(issue) else None for issue in found]

    async def follower_counts(self, community_id: str, issue_ids: Sequence[str]) -> list[int]:
        """Count who follows issues that somebody may see, in the order of the ids."""
        counted = await self.followers.count_of(community_id, issue_ids)
        return [counted.get(issue_id, 0) for issue_id in issue_ids]

    async def seen(self, actor: Actor, issue_id: str) -> SeenIssue:
        """Read an issue as the actor sees it. Raises: IssueNotFound where they do not."""
        issue = await self.issues.get(actor.community_id, issue_id)
        own = self.follower_id(issue_id, actor.account_id)
        (follower,) = await self.followers.get_many(actor.community_id, [own])
        seen = _seen(actor, issue, follower)
        if not (is_public(issue) or seen.is_mine):
            raise IssueNotFound
        return seen


def _seen(actor: Actor, issue: Issue, follower: Follower | msgspec.UnsetType | None) -> SeenIssue:
    mine = is_reporter(issue, actor.account_id)
    return SeenIssue(issue=issue, is_mine=mine, follower=follower)
