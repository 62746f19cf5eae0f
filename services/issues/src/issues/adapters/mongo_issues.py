"""Issues in MongoDB."""

from chassis.aggregates import Aggregates, Cursor, Page
from chassis.clock import Now
from chassis.mongo import Document, Index, Store

from issues.domain.errors import IssueNotFound
from issues.domain.issue import OPEN_STATES, Issue, IssueState

COLLECTION = "issues"

ISSUE_INDEXES = [
    Index(collection=COLLECTION, keys=(("community_id", 1), ("reported_at", 1), ("_id", 1))),
    # the list by state; also counts what is open
    Index(
        collection=COLLECTION,
        keys=(("community_id", 1), ("state", 1), ("reported_at", 1), ("_id", 1)),
    ),
]


class MongoIssues(Aggregates[Issue]):
    """The port `Issues`."""

    def __init__(self, store: Store, *, topic: str, now: Now) -> None:
        super().__init__(
            store, COLLECTION, Issue, topic=topic, not_found=lambda _: IssueNotFound(), now=now
        )

    async def latest(
        self, community_id: str, state: IssueState | None, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """See the port."""
        where: Document = {"community_id": community_id}
        if state is not None:
            where["state"] = state
        return await self.page(
            where, sort=(("reported_at", -1), ("_id", -1)), first=first, after=after
        )

    async def open_issues(self, community_id: str) -> int:
        """See the port."""
        return await self.collection.count(
            {"community_id": community_id, "state": {"$in": list(OPEN_STATES)}}
        )
