"""Issues in MongoDB."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from chassis.aggregates import Aggregates, Cursor, Page
from chassis.clock import Now
from chassis.mongo import Document, Index, Store

from chassis import keyset
from issues.application.ports import Due
from issues.domain.errors import IssueNotFound
from issues.domain.events import Event
from issues.domain.issue import OPEN_STATES, Issue, IssueState

COLLECTION = "issues"
_BY_WATCH = (("watch_at", 1), ("_id", 1))
_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)

ISSUE_INDEXES = [
    Index(collection=COLLECTION, keys=(("community_id", 1), ("reported_at", 1), ("_id", 1))),
    # the list by state; also counts what is open
    Index(
        collection=COLLECTION,
        keys=(("community_id", 1), ("state", 1), ("reported_at", 1), ("_id", 1)),
    ),
    # what everybody may see
    Index(collection=COLLECTION, keys=(("community_id", 1), ("published_at", 1), ("_id", 1))),
    # what somebody is to work on
    Index(
        collection=COLLECTION,
        keys=(
            ("community_id", 1),
            ("assignment.assignee_ids", 1),
            ("reported_at", 1),
            ("_id", 1),
        ),
    ),
    # the figures of a period, counted without reading a document
    Index(
        collection=COLLECTION,
        keys=(
            ("community_id", 1),
            ("reported_at", 1),
            ("state", 1),
            ("resolution.in_time", 1),
            ("judged_at", 1),
            ("level", 1),
            ("confirmation.how", 1),
            ("confirmation.rating", 1),
        ),
    ),
    # what is due first; ends in what tells apart whose time is short
    Index(
        collection=COLLECTION,
        keys=(("community_id", 1), ("due_at", 1), ("_id", 1), ("at_risk_at", 1)),
    ),
    # what outside parties promised for which day
    Index(collection=COLLECTION, keys=(("community_id", 1), ("rounds.promise.due_on", 1))),
    # what time itself does something to next
    Index(collection=COLLECTION, keys=(("watch_at", 1), ("_id", 1))),
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

    async def public(self, community_id: str, *, first: int, after: Cursor | None) -> Page[Issue]:
        """See the port."""
        return await self.page(
            {"community_id": community_id, "published_at": {"$gt": _BEFORE_ALL}},
            sort=(("published_at", -1), ("_id", -1)),
            first=first,
            after=after,
        )

    async def open_issues(self, community_id: str) -> int:
        """See the port."""
        return await self.collection.count(
            {"community_id": community_id, "state": {"$in": list(OPEN_STATES)}}
        )

    async def assigned_to(
        self, community_id: str, account_id: str, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """See the port."""
        return await self.page(
            {"community_id": community_id, "assignment.assignee_ids": account_id},
            sort=(("reported_at", -1), ("_id", -1)),
            first=first,
            after=after,
        )

    async def change_due(
        self,
        at: datetime,
        transition: Callable[[Issue], tuple[Issue, Sequence[Event]]],
        *,
        limit: int,
    ) -> int:
        """See the port."""
        return await self.change_found({"watch_at": {"$lte": at}}, transition, limit=limit)

    async def due(self, at: datetime, *, first: int, after: Cursor | None) -> list[Due]:
        """See the port."""
        where: Document = {"watch_at": {"$lte": at}}
        if after is not None:
            where = keyset.narrowed(where, keyset.beyond(_BY_WATCH, after))
        found = await self.collection.find(
            where, fields={"community_id": 1, "watch_at": 1}, sort=_BY_WATCH, limit=first
        )
        return [
            Due(one["community_id"], one["_id"], (one["watch_at"], one["_id"])) for one in found
        ]
