"""Somebody does not want to hear of an issue any more."""

from dataclasses import dataclass

import msgspec
from chassis.requests import Request

from issues.application.permit import permit
from issues.application.ports import Now
from issues.application.public.ports import Followers
from issues.application.public.public_issues import PublicIssues, SeenIssue
from issues.domain.followers.follower import Follower
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class UnfollowPublicIssue:
    """Stop following; who never followed is left as they are.

    Raises: Forbidden; IssueNotFound; ReporterAlwaysHears; RequestIdReused.
    Emits: issue.unfollowed v1.
    """

    public: PublicIssues
    followers: Followers
    now: Now

    async def __call__(self, actor: Actor, issue_id: str, *, request: Request) -> SeenIssue:
        permit(actor, Operation.UNFOLLOW_ISSUE)
        seen = await self.public.seen(actor, issue_id)
        if not isinstance(seen.follower, Follower):
            return seen
        at = self.now()
        unfollowed = await self.followers.change(
            actor.community_id,
            seen.follower.id,
            lambda known: known.unfollow(at),
            request=request,
        )
        return msgspec.structs.replace(seen, follower=unfollowed)
