"""Figures kept in this process, for tests: they pass the contract tests of the real ones."""

from collections.abc import Sequence
from datetime import date

from chassis.aggregates import Cursor, Event, Page
from chassis.requests import Request
from chassis.testing import MemoryAggregates

from outreach.application.metrics.ports import SummedReads
from outreach.application.period import Period
from outreach.domain.metrics.errors import (
    MetricAlreadyCorrected,
    MetricAlreadyRecorded,
    MetricSnapshotNotFound,
)
from outreach.domain.metrics.latest import LatestFigure
from outreach.domain.metrics.snapshots import Metric, MetricSnapshot, SubjectKind


class MemorySnapshots(MemoryAggregates[MetricSnapshot]):
    """Dated figures in memory."""

    def __init__(self) -> None:
        super().__init__(lambda _: MetricSnapshotNotFound())

    async def add(
        self,
        aggregate: MetricSnapshot,
        events: Sequence[Event] = (),
        *,
        request: Request | None = None,
    ) -> MetricSnapshot:
        """Store once, and one figure a day, one correction of each."""
        others = [it for it in self.all if it.id != aggregate.id]
        repeated = len(others) < len(self.all)
        if not repeated and any(_slot(it) == _slot(aggregate) for it in others):
            raise MetricAlreadyCorrected if aggregate.corrects else MetricAlreadyRecorded
        return await super().add(aggregate, events, request=request)

    async def of_subject(
        self, community_id: str, subject_id: str, *, first: int, after: Cursor | None
    ) -> Page[MetricSnapshot]:
        """Of the latest day first."""
        mine = [
            it
            for it in self.all
            if (it.community_id, it.subject.id) == (community_id, subject_id)
            and (after is None or _place(it) < after)
        ]
        mine.sort(key=_place, reverse=True)
        shown = mine[:first]
        return Page(shown, [_place(it) for it in shown], len(mine) > first)

    async def last_within(
        self, community_id: str, subject_id: str, metric: Metric, start: date, end: date
    ) -> MetricSnapshot | None:
        """The last word of the last day."""
        wanted = (community_id, subject_id, metric)
        within = [
            it
            for it in self.all
            if (it.community_id, it.subject.id, it.metric) == wanted and start <= it.on <= end
        ]
        return max(within, key=lambda it: (it.on, it.revision), default=None)


class MemoryLatestFigures:
    """What stands now, in memory."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, Metric], LatestFigure] = {}

    async def keep(self, figure: LatestFigure) -> None:
        """Unless a later one is there."""
        snapshot = figure.snapshot
        key = (snapshot.community_id, snapshot.subject.id, snapshot.metric)
        there = self._kept.get(key)
        if there is None or there.place < figure.place:
            self._kept[key] = figure

    async def of_subjects(
        self, community_id: str, subject_ids: Sequence[str], metric: Metric
    ) -> list[MetricSnapshot | None]:
        """In the order asked."""
        kept = [self._kept.get((community_id, subject_id, metric)) for subject_id in subject_ids]
        return [figure.snapshot if figure else None for figure in kept]

    async def highest(
        self, community_id: str, kind: SubjectKind, metric: Metric, *, first: int
    ) -> list[MetricSnapshot]:
        """The highest first."""
        snapshots = [
            figure.snapshot
            for figure in self._kept.values()
            if figure.snapshot.community_id == community_id
            and (figure.snapshot.subject.kind, figure.snapshot.metric) == (kind, metric)
        ]
        return sorted(snapshots, key=lambda it: it.value, reverse=True)[:first]

    async def reads_of_published(self, community_id: str, period: Period) -> SummedReads:
        """Sum."""
        snapshots = [
            figure.snapshot
            for (of_community, _, metric), figure in self._kept.items()
            if (of_community, metric) == (community_id, Metric.READS)
            and figure.published_at is not None
            and period.start <= figure.published_at < period.end
        ]
        return SummedReads(
            total=sum(it.value for it in snapshots),
            articles=len(snapshots),
            oldest_on=min((it.on for it in snapshots), default=None),
        )


def _slot(snapshot: MetricSnapshot) -> tuple[object, ...]:
    day = (snapshot.on, snapshot.revision)
    return snapshot.community_id, snapshot.subject.id, snapshot.metric, *day


def _place(snapshot: MetricSnapshot) -> tuple[str, object, str]:
    return snapshot.on.isoformat(), snapshot.recorded_at, snapshot.id
