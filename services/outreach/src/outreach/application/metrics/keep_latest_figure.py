"""Keep what stands now beside the days that led to it."""

from outreach.application.metrics.ports import LatestFigures, Snapshots
from outreach.application.ports import Articles
from outreach.domain.metrics.latest import LatestFigure
from outreach.domain.metrics.snapshots import MetricSnapshot, SubjectKind


class KeepLatestFigure:
    """Called when a figure is noted, and by its event; an older one changes nothing."""

    def __init__(self, snapshots: Snapshots, articles: Articles, figures: LatestFigures) -> None:
        self._snapshots = snapshots
        self._articles = articles
        self._figures = figures

    async def of_event(self, community_id: str, snapshot_id: str) -> None:
        """Raises: MetricSnapshotNotFound."""
        await self(await self._snapshots.get(community_id, snapshot_id))

    async def __call__(self, snapshot: MetricSnapshot) -> None:
        """Keep it, with the time of an article's publication, by which years are summed."""
        published_at = None
        if snapshot.subject.kind is SubjectKind.ARTICLE:
            ids = [snapshot.subject.id]
            (article,) = await self._articles.get_many(snapshot.community_id, ids)
            published_at = article.published_at if article else None
        await self._figures.keep(LatestFigure(snapshot=snapshot, published_at=published_at))
