"""It is known who reported an issue: they hear of it."""

from dataclasses import dataclass
from datetime import datetime

from issues.application.ports import Issues
from issues.application.public.ports import FollowerId, Followers
from issues.domain.followers.follower import Follower


@dataclass(frozen=True)
class NoteReporter:
    """Make the reporter of an issue its follower; nobody else is that any longer.

    Raises: IssueNotFound while the issue is not there.
    Emits: issue.followed v1; issue.unfollowed v1 where another was taken for the reporter.
    """

    issues: Issues
    followers: Followers
    follower_id: FollowerId

    async def __call__(self, community_id: str, issue_id: str) -> None:
        issue = await self.issues.get(community_id, issue_id)
        if issue.reporter is None:
            return
        account_id, joined_at = issue.reporter.account_id, issue.reporter.joined_at
        follower = Follower(
            id=self.follower_id(issue_id, account_id),
            community_id=community_id,
            issue_id=issue_id,
            account_id=account_id,
        )
        await self.followers.add(follower)
        await self.followers.change(
            community_id, follower.id, lambda known: known.be_reporter(joined_at)
        )
        await self._let_others_go(follower, joined_at)

    async def _let_others_go(self, reporter: Follower, at: datetime) -> None:
        for other in await self.followers.reporters_of(reporter.community_id, reporter.issue_id):
            if other.id != reporter.id:
                await self.followers.change(
                    other.community_id, other.id, lambda known: known.no_longer_reporter(at)
                )
