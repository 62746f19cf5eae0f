"""What people can read of figures: each with its day and its source."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from outreach.application.metrics.ports import LatestFigures, Snapshots, SummedReads
from outreach.application.metrics.years import checked_year, days_of_year, period_of_year
from outreach.application.permit import permit
from outreach.application.ports import Articles, Channels, Cursor, Now, Page
from outreach.domain.articles import Article
from outreach.domain.channels import ChannelState
from outreach.domain.metrics.snapshots import Metric, MetricSnapshot, SubjectKind
from outreach.domain.permissions import Actor, Operation

CHANNELS_SHOWN = 100
"""Channels by followers are shown so far and no further."""


class ArticlesOfYear(msgspec.Struct, frozen=True, kw_only=True):
    """How many articles a year had, as registered here and as stated by others."""

    year: int
    counted: int
    counted_at: datetime
    stated: MetricSnapshot | None


class ReadsOfYear(msgspec.Struct, frozen=True, kw_only=True):
    """The reads of a year's articles, as far as they are known, and as stated by others."""

    year: int
    reads: SummedReads
    articles: int
    counted_at: datetime
    stated: MetricSnapshot | None


class Followers(msgspec.Struct, frozen=True, kw_only=True):
    """The followers of the channels in use.

    Attributes:
        total: of the latest figure of each; None without any.
        oldest_on: the oldest of the days that the figures are of.
        channels: the figures, the most followers first.
        stated: what was said of the community as a whole.
    """

    total: int | None
    oldest_on: date | None
    channels: Sequence[MetricSnapshot]
    stated: MetricSnapshot | None


class MetricQueries:
    """Every read of figures."""

    def __init__(
        self,
        snapshots: Snapshots,
        figures: LatestFigures,
        articles: Articles,
        channels: Channels,
        now: Now,
    ) -> None:
        self._snapshots = snapshots
        self._figures = figures
        self._articles = articles
        self._channels = channels
        self._now = now

    async def of_subject(
        self, actor: Actor, subject_id: str, *, first: int, after: Cursor | None
    ) -> Page[MetricSnapshot]:
        """All figures of a subject, of the latest day first. Raises: Forbidden."""
        permit(actor, Operation.READ_METRICS)
        return await self._snapshots.of_subject(
            actor.community_id, subject_id, first=first, after=after
        )

    async def latest_reads(
        self, actor: Actor, article_ids: Sequence[str]
    ) -> list[MetricSnapshot | None]:
        """What stands of the reads of each article. Raises: Forbidden."""
        permit(actor, Operation.READ_METRICS)
        return await self._figures.of_subjects(actor.community_id, article_ids, Metric.READS)

    async def most_read(self, actor: Actor, *, first: int) -> list[MetricSnapshot]:
        """The reads of the articles that were read most. Raises: Forbidden."""
        permit(actor, Operation.READ_METRICS)
        return await self._figures.highest(
            actor.community_id, SubjectKind.ARTICLE, Metric.READS, first=first
        )

    async def articles_of_year(self, actor: Actor, year: int | None) -> ArticlesOfYear:
        """This year's articles if None. Raises: Forbidden; BadUserInput for a year far away."""
        permit(actor, Operation.READ_METRICS)
        now = self._now()
        year = checked_year(year, now=now)
        return ArticlesOfYear(
            year=year,
            counted=await self._articles.count(actor.community_id, period_of_year(year)),
            counted_at=now,
            stated=await self._stated(actor, Metric.ARTICLES_PUBLISHED, year),
        )

    async def reads_of_year(self, actor: Actor, year: int | None) -> ReadsOfYear:
        """Of this year's articles if None. Raises: Forbidden; BadUserInput for a year far away."""
        permit(actor, Operation.READ_METRICS)
        now = self._now()
        year = checked_year(year, now=now)
        period = period_of_year(year)
        return ReadsOfYear(
            year=year,
            reads=await self._figures.reads_of_published(actor.community_id, period),
            articles=await self._articles.count(actor.community_id, period),
            counted_at=now,
            stated=await self._stated(actor, Metric.READS, year),
        )

    async def articles_published_in(
        self, actor: Actor, year: int, *, first: int, after: Cursor | None
    ) -> Page[Article]:
        """The articles of a year, latest published first. Raises: Forbidden."""
        permit(actor, Operation.READ_ARTICLES)
        return await self._articles.published_in(
            actor.community_id, period_of_year(year), first=first, after=after
        )

    async def followers(self, actor: Actor) -> Followers:
        """What stands of each channel in use, and of the community. Raises: Forbidden."""
        permit(actor, Operation.READ_METRICS)
        figures = await self._figures.highest(
            actor.community_id, SubjectKind.CHANNEL, Metric.FOLLOWERS, first=CHANNELS_SHOWN
        )
        ids = [figure.subject.id for figure in figures]
        in_use = {
            channel.id
            for channel in await self._channels.get_many(actor.community_id, ids)
            if channel is not None and channel.state is ChannelState.ACTIVE
        }
        counted = [figure for figure in figures if figure.subject.id in in_use]
        (stated,) = await self._figures.of_subjects(
            actor.community_id, [actor.community_id], Metric.FOLLOWERS
        )
        return Followers(
            total=sum(figure.value for figure in counted) if counted else None,
            oldest_on=min((figure.on for figure in counted), default=None),
            channels=counted,
            stated=stated,
        )

    async def _stated(self, actor: Actor, metric: Metric, year: int) -> MetricSnapshot | None:
        """What was said of the community as a whole, last within the year."""
        start, end = days_of_year(year)
        return await self._snapshots.last_within(
            actor.community_id, actor.community_id, metric, start, end
        )
