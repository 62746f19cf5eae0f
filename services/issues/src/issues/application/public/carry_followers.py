"""An issue repeats another one: whoever hears of it hears of the other one from now on."""

from dataclasses import dataclass

from issues.application.ports import Cursor, Issues
from issues.application.public.ports import FollowerId, Followers
from issues.domain.followers.follower import Follower
from issues.domain.handling.decisions import Duplication
from issues.domain.handling.visibility import is_public

_AT_ONCE = 200


@dataclass(frozen=True)
class CarryFollowers:
    """Make the followers of a duplicate, its reporter among them, followers of the original.

    Only of one that is public: they could not open another. Who has ever decided for themselves
    whether they follow the original is left as they are.

    Raises: IssueNotFound while the issue is not there.
    Emits: issue.followed v1.
    """

    issues: Issues
    followers: Followers
    follower_id: FollowerId

    async def __call__(self, community_id: str, issue_id: str) -> None:
        issue = await self.issues.get(community_id, issue_id)
        if issue.duplication is None:
            return
        (original,) = await self.issues.get_many(community_id, [issue.duplication.original_id])
        if original is None or not is_public(original):
            return
        after: Cursor | None = None
        while True:
            page = await self.followers.of_issue(
                community_id, issue_id, first=_AT_ONCE, after=after
            )
            for follower in page.items:
                await self._carry(follower, issue.duplication)
            if not page.has_next_page:
                return
            after = page.cursors[-1]

    async def _carry(self, follower: Follower, duplication: Duplication) -> None:
        carried = await self.followers.add(
            Follower(
                id=self.follower_id(duplication.original_id, follower.account_id),
                community_id=follower.community_id,
                issue_id=duplication.original_id,
                account_id=follower.account_id,
            )
        )
        await self.followers.change(
            carried.community_id, carried.id, lambda known: known.carried(duplication.marked_at)
        )
