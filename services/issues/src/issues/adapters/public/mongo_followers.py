"""Who hears of which issue, in MongoDB."""

from collections.abc import Sequence

from chassis.aggregates import Aggregates, Cursor, Page
from chassis.clock import Now
from chassis.mongo import Document, Index, Store

from issues.domain.errors import IssueNotFound
from issues.domain.followers.follower import Follower, FollowerRole

COLLECTION = "followers"
_MANY_REPORTERS = 10

INDEXES = (
    # what an account follows, the latest first
    Index(
        collection=COLLECTION,
        keys=(
            ("community_id", 1),
            ("account_id", 1),
            ("following", 1),
            ("changed_at", 1),
            ("_id", 1),
        ),
    ),
    # who follows an issue, listed and counted; and its reporter
    Index(
        collection=COLLECTION,
        keys=(("community_id", 1), ("issue_id", 1), ("following", 1), ("role", 1), ("_id", 1)),
    ),
)


class MongoFollowers(Aggregates[Follower]):
    """The port `Followers`."""

    def __init__(self, store: Store, *, topic: str, now: Now) -> None:
        super().__init__(
            store, COLLECTION, Follower, topic=topic, not_found=lambda _: IssueNotFound(), now=now
        )

    async def followed_by(
        self, community_id: str, account_id: str, *, first: int, after: Cursor | None
    ) -> Page[Follower]:
        """See the port."""
        return await self.page(
            {"community_id": community_id, "account_id": account_id, "following": True},
            sort=(("changed_at", -1), ("_id", -1)),
            first=first,
            after=after,
        )

    async def of_issue(
        self, community_id: str, issue_id: str, *, first: int, after: Cursor | None
    ) -> Page[Follower]:
        """See the port."""
        return await self.page(
            {"community_id": community_id, "issue_id": issue_id, "following": True},
            sort=(("role", 1), ("_id", 1)),
            first=first,
            after=after,
        )

    async def reporters_of(self, community_id: str, issue_id: str) -> list[Follower]:
        """See the port."""
        found = await self.collection.find(
            {
                "community_id": community_id,
                "issue_id": issue_id,
                "following": True,
                "role": FollowerRole.REPORTER,
            },
            limit=_MANY_REPORTERS,
        )
        return await self._aggregates(found)

    async def count_of(self, community_id: str, issue_ids: Sequence[str]) -> dict[str, int]:
        """See the port."""
        counted = await self.collection.aggregate(count_pipeline(community_id, issue_ids))
        return {row["_id"]: row["count"] for row in counted}


def count_pipeline(community_id: str, issue_ids: Sequence[str]) -> list[Document]:
    """Count the followers of issues, by one index."""
    return [
        {
            "$match": {
                "community_id": community_id,
                "issue_id": {"$in": list(issue_ids)},
                "following": True,
            }
        },
        {"$group": {"_id": "$issue_id", "count": {"$sum": 1}}},
    ]
