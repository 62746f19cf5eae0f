"""Dated figures in MongoDB: one document a figure, added and never changed."""

from collections.abc import Sequence
from datetime import date, timedelta

from chassis.aggregates import Aggregates, Cursor, Page
from chassis.mongo import DuplicateKey, Index, Store
from chassis.requests import Request

from outreach.adapters.topics import EVENTS
from outreach.domain.metrics.errors import (
    MetricAlreadyCorrected,
    MetricAlreadyRecorded,
    MetricSnapshotNotFound,
)
from outreach.domain.metrics.events import MetricCaptured
from outreach.domain.metrics.snapshots import Metric, MetricSnapshot

COLLECTION = "metric_snapshots"
LATEST_FIRST = (("on", -1), ("recorded_at", -1), ("_id", -1))
_LAST_WORD_FIRST = (("on", -1), ("revision", -1))
# Days are kept as YYYY-MM-DD, which sorts as they do.
INDEXES = (
    # One figure a day, one correction of each: of fields that never change.
    Index(
        collection=COLLECTION,
        keys=(
            ("community_id", 1),
            ("subject.id", 1),
            ("metric", 1),
            ("on", 1),
            ("revision", 1),
        ),
        unique=True,
    ),
    Index(
        collection=COLLECTION,
        keys=(
            ("community_id", 1),
            ("subject.id", 1),
            ("on", 1),
            ("recorded_at", 1),
            ("_id", 1),
        ),
    ),
)


class MongoSnapshots(Aggregates[MetricSnapshot]):
    """The dated figures of all communities."""

    def __init__(self, store: Store) -> None:
        super().__init__(
            store,
            COLLECTION,
            MetricSnapshot,
            topic=EVENTS,
            not_found=lambda _: MetricSnapshotNotFound(),
        )

    async def add(
        self,
        aggregate: MetricSnapshot,
        events: Sequence[MetricCaptured] = (),  # type: ignore[override]
        *,
        request: Request | None = None,
    ) -> MetricSnapshot:
        """Store once. Raises: MetricAlreadyRecorded; MetricAlreadyCorrected; RequestIdReused."""
        try:
            return await super().add(aggregate, events, request=request)
        except DuplicateKey:
            taken = MetricAlreadyCorrected if aggregate.corrects else MetricAlreadyRecorded
            raise taken from None

    async def of_subject(
        self, community_id: str, subject_id: str, *, first: int, after: Cursor | None
    ) -> Page[MetricSnapshot]:
        """All figures of a subject, of the latest day first."""
        return await self.page(
            {"community_id": community_id, "subject.id": subject_id},
            sort=LATEST_FIRST,
            first=first,
            after=after,
        )

    async def last_within(
        self, community_id: str, subject_id: str, metric: Metric, start: date, end: date
    ) -> MetricSnapshot | None:
        """What stands of the last day that has a figure, from a first to a last day."""
        # Up to the next day: over a compound index the wheel store loses the end of "$lte".
        beyond = end + timedelta(days=1)
        found = await self.collection.find_one(
            {
                "community_id": community_id,
                "subject.id": subject_id,
                "metric": metric.value,
                "on": {"$gte": start.isoformat(), "$lt": beyond.isoformat()},
            },
            fields={"outbox": 0, "requests": 0, "creation": 0},
            sort=_LAST_WORD_FIRST,
        )
        return await self._aggregate(found) if found else None
