"""Somebody wants to hear of an issue."""

from dataclasses import dataclass

import msgspec
from chassis.requests import Request

from issues.application.permit import permit
from issues.application.ports import Now
from issues.application.public.ports import FollowerId, Followers
from issues.application.public.public_issues import PublicIssues, SeenIssue
from issues.domain.followers.follower import Follower
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class FollowPublicIssue:
    """Follow an issue that is public, or one's own, which is followed anyway.

    Raises: Forbidden; IssueNotFound; RequestIdReused.
    Emits: issue.followed v1.
    """

    public: PublicIssues
    followers: Followers
    follower_id: FollowerId
    now: Now

    async def __call__(self, actor: Actor, issue_id: str, *, request: Request) -> SeenIssue:
        permit(actor, Operation.FOLLOW_ISSUE)
        seen = await self.public.seen(actor, issue_id)
        # the document belongs to the issue and the account, and not to the first of many requests
        follower = await self.followers.add(
            Follower(
                id=self.follower_id(issue_id, actor.account_id),
                community_id=actor.community_id,
                issue_id=issue_id,
                account_id=actor.account_id,
            )
        )
        at = self.now()
        followed = await self.followers.change(
            actor.community_id, follower.id, lambda known: known.follow(at), request=request
        )
        return msgspec.structs.replace(seen, follower=followed)
