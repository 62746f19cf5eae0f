"""Articles in MongoDB."""

from collections.abc import Sequence
from datetime import datetime

from chassis.aggregates import Aggregates, Cursor, Event, Page
from chassis.mongo import Document, DuplicateKey, Index, Store
from chassis.requests import Request

from outreach.adapters.topics import EVENTS
from outreach.application.period import Period
from outreach.domain.articles import Article
from outreach.domain.errors import ArticleAlreadyRegistered, ArticleNotFound

COLLECTION = "articles"
LATEST_FIRST = (("published_at", -1), ("_id", -1))
INDEXES = (
    # Rising, and walked backwards for the latest: over a falling one the wheel store loses the
    # very start of a period.
    Index(collection=COLLECTION, keys=(("community_id", 1), ("published_at", 1), ("_id", 1))),
    # Of fields that never change: the embedded store does not free a unique key on an update.
    Index(
        collection=COLLECTION,
        keys=(("community_id", 1), ("app_id", 1), ("message_data_id", 1), ("index", 1)),
        unique=True,
    ),
    # The worker's own query, over all communities.
    Index(collection=COLLECTION, keys=(("published_at", -1),)),
)


class MongoArticles(Aggregates[Article]):
    """The articles of all communities."""

    def __init__(self, store: Store) -> None:
        super().__init__(
            store, COLLECTION, Article, topic=EVENTS, not_found=lambda _: ArticleNotFound()
        )

    async def add(
        self, aggregate: Article, events: Sequence[Event] = (), *, request: Request | None = None
    ) -> Article:
        """Store once. Raises: ArticleAlreadyRegistered; RequestIdReused."""
        try:
            return await super().add(aggregate, events, request=request)
        except DuplicateKey:
            raise ArticleAlreadyRegistered from None

    async def listed(self, community_id: str, *, first: int, after: Cursor | None) -> Page[Article]:
        """Latest published first."""
        return await self.page(
            {"community_id": community_id}, sort=LATEST_FIRST, first=first, after=after
        )

    async def published_in(
        self, community_id: str, period: Period, *, first: int, after: Cursor | None
    ) -> Page[Article]:
        """Those published in the period, latest first."""
        within = _published_in(community_id, period)
        return await self.page(within, sort=LATEST_FIRST, first=first, after=after)

    async def count(self, community_id: str, period: Period) -> int:
        """How many were published in the period."""
        return await self.collection.count(_published_in(community_id, period))

    async def published_since(self, since: datetime) -> list[Article]:
        """Of every community, latest first: what the worker polls."""
        found = await self.collection.find(
            {"published_at": {"$gte": since}},
            fields={"outbox": 0, "requests": 0, "creation": 0},
            sort=(("published_at", -1),),
        )
        return await self._aggregates(found)


def _published_in(community_id: str, period: Period) -> Document:
    within = {"$gte": period.start, "$lt": period.end}
    return {"community_id": community_id, "published_at": within}
