"""What the use cases of figures need of the world outside."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import msgspec
from chassis.requests import Request

from outreach.application.period import Period
from outreach.application.ports import Cursor, Page
from outreach.domain.metrics.events import MetricCaptured
from outreach.domain.metrics.latest import LatestFigure
from outreach.domain.metrics.snapshots import Metric, MetricSnapshot, SubjectKind


class SummedReads(msgspec.Struct, frozen=True):
    """What is known of the reads of some articles.

    Attributes:
        total: of the latest figure of each.
        articles: how many have a figure.
        oldest_on: the oldest of the days that the figures are of; None without any.
    """

    total: int
    articles: int
    oldest_on: date | None


class Snapshots(Protocol):
    """The dated figures of all communities; they are added, and never changed."""

    async def add(
        self,
        aggregate: MetricSnapshot,
        events: Sequence[MetricCaptured] = (),
        *,
        request: Request | None = None,
    ) -> MetricSnapshot:
        """Store once. Raises: MetricAlreadyRecorded; MetricAlreadyCorrected; RequestIdReused."""

    async def get(self, community_id: str, aggregate_id: str) -> MetricSnapshot:
        """Raises: MetricSnapshotNotFound."""

    async def get_many(self, community_id: str, ids: Sequence[str]) -> list[MetricSnapshot | None]:
        """In the order of the ids."""

    async def of_subject(
        self, community_id: str, subject_id: str, *, first: int, after: Cursor | None
    ) -> Page[MetricSnapshot]:
        """All figures of a subject, of the latest day first."""

    async def last_within(
        self, community_id: str, subject_id: str, metric: Metric, start: date, end: date
    ) -> MetricSnapshot | None:
        """What stands of the last day that has a figure, from a first to a last day."""


class LatestFigures(Protocol):
    """What stands now of each metric of each subject, made of the snapshots."""

    async def keep(self, figure: LatestFigure) -> None:
        """Remember it, unless what is remembered is of a later day or a later correction."""

    async def of_subjects(
        self, community_id: str, subject_ids: Sequence[str], metric: Metric
    ) -> list[MetricSnapshot | None]:
        """What stands of each, in the order asked, by one query."""

    async def highest(
        self, community_id: str, kind: SubjectKind, metric: Metric, *, first: int
    ) -> list[MetricSnapshot]:
        """The highest figures of a kind of subject, the highest first."""

    async def reads_of_published(self, community_id: str, period: Period) -> SummedReads:
        """The reads of the articles that were published in the period."""
