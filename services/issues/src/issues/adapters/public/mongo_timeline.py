"""What happened to issues, in MongoDB."""

from chassis.aggregates import Aggregates, Cursor, Page
from chassis.clock import Now
from chassis.mongo import Document, Index, Store

from issues.domain.errors import IssueNotFound
from issues.domain.timeline.entry import TimelineEntry

COLLECTION = "timeline_entries"

INDEXES = (
    Index(
        collection=COLLECTION,
        keys=(("community_id", 1), ("issue_id", 1), ("at", 1), ("event_sequence", 1), ("_id", 1)),
    ),
    # what everybody may read of it
    Index(
        collection=COLLECTION,
        keys=(
            ("community_id", 1),
            ("issue_id", 1),
            ("public", 1),
            ("at", 1),
            ("event_sequence", 1),
            ("_id", 1),
        ),
    ),
)


class MongoTimeline(Aggregates[TimelineEntry]):
    """The port `Timeline`. An entry is found with its issue, and never asked for by its id."""

    def __init__(self, store: Store, *, topic: str, now: Now) -> None:
        super().__init__(
            store,
            COLLECTION,
            TimelineEntry,
            topic=topic,
            not_found=lambda _: IssueNotFound(),
            now=now,
        )

    async def of_issue(
        self,
        community_id: str,
        issue_id: str,
        *,
        public_only: bool,
        first: int,
        after: Cursor | None,
    ) -> Page[TimelineEntry]:
        """See the port."""
        where: Document = {"community_id": community_id, "issue_id": issue_id}
        if public_only:
            where["public"] = True
        return await self.page(
            where, sort=(("at", 1), ("event_sequence", 1), ("_id", 1)), first=first, after=after
        )
