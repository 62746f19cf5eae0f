"""What stands now of each metric of each subject, in MongoDB, beside the dated figures."""

from collections.abc import Sequence
from datetime import date

from chassis.ids import derived_id
from chassis.mongo import Document, Index, Store
from chassis.projection import Projection

from outreach.application.metrics.ports import SummedReads
from outreach.application.period import Period
from outreach.domain.metrics.latest import LatestFigure
from outreach.domain.metrics.snapshots import Metric, MetricSnapshot, SubjectKind

COLLECTION = "latest_figures"
INDEXES = (
    # Rising, and walked backwards for the highest.
    Index(
        collection=COLLECTION,
        keys=(
            ("community_id", 1),
            ("snapshot.subject.kind", 1),
            ("snapshot.metric", 1),
            ("snapshot.value", 1),
            ("_id", 1),
        ),
    ),
    # A year is summed by this alone.
    Index(
        collection=COLLECTION,
        keys=(
            ("community_id", 1),
            ("snapshot.metric", 1),
            ("published_at", 1),
            ("snapshot.value", 1),
            ("snapshot.on", 1),
        ),
    ),
)


class MongoLatestFigures(Projection[LatestFigure]):
    """What stands now, in all communities."""

    def __init__(self, store: Store) -> None:
        super().__init__(store, COLLECTION, LatestFigure)

    async def keep(self, figure: LatestFigure) -> None:
        """Remember it, unless what is remembered is of a later day or a later correction."""
        snapshot = figure.snapshot
        await self.put(
            _id_of(snapshot.community_id, snapshot.subject.id, snapshot.metric),
            snapshot.community_id,
            figure.place,
            figure,
        )

    async def of_subjects(
        self, community_id: str, subject_ids: Sequence[str], metric: Metric
    ) -> list[MetricSnapshot | None]:
        """What stands of each, in the order asked, by one query."""
        ids = [_id_of(community_id, subject_id, metric) for subject_id in subject_ids]
        kept = await self.get_many(community_id, ids)
        return [figure.snapshot if figure else None for figure in kept]

    async def highest(
        self, community_id: str, kind: SubjectKind, metric: Metric, *, first: int
    ) -> list[MetricSnapshot]:
        """The highest figures of a kind of subject, the highest first."""
        found = await self.collection.find(
            {
                "community_id": community_id,
                "snapshot.subject.kind": kind.value,
                "snapshot.metric": metric.value,
            },
            sort=(("snapshot.value", -1), ("_id", -1)),
            limit=first,
        )
        kept = [self._state(document) for document in found]
        return [figure.snapshot for figure in kept if figure]

    async def reads_of_published(self, community_id: str, period: Period) -> SummedReads:
        """The reads of the articles that were published in the period."""
        summed = await self.collection.aggregate(reads_pipeline(community_id, period))
        if not summed:
            return SummedReads(total=0, articles=0, oldest_on=None)
        (row,) = summed
        oldest_on = date.fromisoformat(row["oldest_on"])
        return SummedReads(total=row["total"], articles=row["articles"], oldest_on=oldest_on)


def reads_pipeline(community_id: str, period: Period) -> list[Document]:
    """Sum the latest reads of a period's articles, by one index alone."""
    return [
        {
            "$match": {
                "community_id": community_id,
                "snapshot.metric": Metric.READS.value,
                "published_at": {"$gte": period.start, "$lt": period.end},
            }
        },
        {
            "$group": {
                "_id": None,
                "total": {"$sum": "$snapshot.value"},
                "articles": {"$sum": 1},
                "oldest_on": {"$min": "$snapshot.on"},
            }
        },
    ]


def _id_of(community_id: str, subject_id: str, metric: Metric) -> str:
    return derived_id("figure", community_id, subject_id, metric.value)
