"""Who follows which issue, and what has happened to it, in MongoDB: ids and our own words alone."""

from chassis.aggregates import Aggregates, Cursor, Page
from chassis.mongo import Index, Store

from outreach.adapters.topics import EVENTS
from outreach.domain.notices.errors import FollowingNotFound, IssueStepNotFound
from outreach.domain.notices.following import Following
from outreach.domain.notices.issue_steps import IssueStep

STEPS = "issue_steps"
FOLLOWINGS = "issue_followings"
INDEXES = (
    Index(collection=STEPS, keys=(("community_id", 1), ("issue_id", 1))),
    Index(collection=FOLLOWINGS, keys=(("community_id", 1), ("issue_id", 1), ("_id", 1))),
)


class MongoIssueSteps(Aggregates[IssueStep]):
    """What happened to the issues of all communities."""

    def __init__(self, store: Store) -> None:
        super().__init__(
            store, STEPS, IssueStep, topic=EVENTS, not_found=lambda _: IssueStepNotFound()
        )

    async def of_issue(self, community_id: str, issue_id: str) -> list[IssueStep]:
        """In the order in which they happened."""
        found = await self.collection.find({"community_id": community_id, "issue_id": issue_id})
        steps = await self._aggregates(found)
        return sorted(steps, key=lambda it: (it.happened_at, it.happening.sequence))


class MongoFollowings(Aggregates[Following]):
    """Who follows which issue, in all communities."""

    def __init__(self, store: Store) -> None:
        super().__init__(
            store, FOLLOWINGS, Following, topic=EVENTS, not_found=lambda _: FollowingNotFound()
        )

    async def of_issue(
        self, community_id: str, issue_id: str, *, first: int, after: Cursor | None
    ) -> Page[Following]:
        """All who ever followed it, by id."""
        return await self.page(
            {"community_id": community_id, "issue_id": issue_id},
            sort=(("_id", 1),),
            first=first,
            after=after,
        )
