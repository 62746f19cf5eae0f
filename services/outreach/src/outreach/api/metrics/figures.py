"""A community's figures of outreach; each says its day and its source, or when it was counted."""

from datetime import date, datetime
from typing import Annotated

import strawberry
from chassis.connections import (
    DEFAULT_FIRST,
    Connection,
    Rate,
    checked_first,
    connection_of,
    rate_of,
)
from chassis.scalars import SafeInt

from outreach.api.context import Info, actor_of, place_after
from outreach.api.metrics.of_subject import metrics_of
from outreach.api.metrics.types import MetricSnapshot
from outreach.api.types import After, Article, Channel, First
from outreach.application.metrics import queries
from outreach.domain.metrics import snapshots

Year = Annotated[
    int | None, strawberry.argument(description="A calendar year in China; left out: this one.")
]
_MOST_READ = 5


@strawberry.type(description="How many articles were published in a year.")
class ArticlesOfYear:
    """See `application.metrics.queries.ArticlesOfYear`."""

    year: int = strawberry.field(description="The calendar year in China.")
    counted: int = strawberry.field(description="Registered articles that were published in it.")
    counted_at: datetime = strawberry.field(description="When they were counted.")
    stated: MetricSnapshot | None = strawberry.field(
        description="What was noted of the year by day and source, beside what is registered here."
    )

    @classmethod
    def of(cls, found: queries.ArticlesOfYear) -> "ArticlesOfYear":
        """The graph's view of it."""
        return cls(
            year=found.year,
            counted=found.counted,
            counted_at=found.counted_at,
            stated=MetricSnapshot.of_known(found.stated),
        )


@strawberry.type(description="Share of a year's articles whose reads are known.")
class ArticlesWithKnownReads(Rate):
    """How far the sum of reads can be trusted."""

    year: strawberry.Private[int]

    @strawberry.field(description="The articles that the denominator counts, latest first.")
    async def rows(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Article] | None:
        """One page."""
        page = await info.context.application.metrics.articles_published_in(
            actor_of(info.context),
            self.year,
            first=checked_first(first),
            after=place_after(after),
        )
        return connection_of(page, Article.of, after=after)


@strawberry.type(description="How often the articles of a year were read.")
class ReadsOfYear:
    """See `application.metrics.queries.ReadsOfYear`."""

    year: int = strawberry.field(description="The calendar year in China.")
    total: SafeInt = strawberry.field(
        description="The sum of the latest reads of its articles, of those where they are known."
    )
    oldest_on: date | None = strawberry.field(
        description="The oldest of the days that these figures are of; null without any."
    )
    known: ArticlesWithKnownReads = strawberry.field(description="Of how many they are known.")
    stated: MetricSnapshot | None = strawberry.field(
        description="What was noted of the year by day and source, for the community as a whole."
    )

    @classmethod
    def of(cls, found: queries.ReadsOfYear) -> "ReadsOfYear":
        """The graph's view of it."""
        return cls(
            year=found.year,
            total=SafeInt(found.reads.total),
            oldest_on=found.reads.oldest_on,
            known=ArticlesWithKnownReads(
                **rate_of(
                    numerator=found.reads.articles,
                    denominator=found.articles,
                    as_of=found.counted_at,
                ),
                year=found.year,
            ),
            stated=MetricSnapshot.of_known(found.stated),
        )


@strawberry.type(description="The followers of one channel.")
class ChannelFollowers:
    """A figure and whose it is."""

    figure: MetricSnapshot = strawberry.field(description="The latest figure.")
    channel_id: strawberry.Private[str]

    @classmethod
    def of(cls, figure: snapshots.MetricSnapshot) -> "ChannelFollowers":
        """The graph's view of it."""
        return cls(figure=MetricSnapshot.of(figure), channel_id=figure.subject.id)

    @strawberry.field(description="The channel.")
    async def channel(self, info: Info) -> Channel | None:
        """Read together with the channels of the other items."""
        return await Channel.resolve_reference(info, strawberry.ID(self.channel_id))


@strawberry.type(description="Who follows the community's channels.")
class Followers:
    """See `application.metrics.queries.Followers`."""

    total: SafeInt | None = strawberry.field(
        description="The sum over the channels in use whose followers are known; null without any."
    )
    oldest_on: date | None = strawberry.field(
        description="The oldest of the days that these figures are of; null without any."
    )
    channels: list[ChannelFollowers] = strawberry.field(
        description="Each of these channels, the most followers first, a hundred at most."
    )
    stated: MetricSnapshot | None = strawberry.field(
        description="The latest that was noted of the community as a whole."
    )

    @classmethod
    def of(cls, found: queries.Followers) -> "Followers":
        """The graph's view of it."""
        return cls(
            total=None if found.total is None else SafeInt(found.total),
            oldest_on=found.oldest_on,
            channels=[ChannelFollowers.of(figure) for figure in found.channels],
            stated=MetricSnapshot.of_known(found.stated),
        )


@strawberry.type(description="An article among those that were read most.")
class MostRead:
    """A figure and whose it is."""

    reads: MetricSnapshot = strawberry.field(description="Its latest reads.")
    article_id: strawberry.Private[str]

    @classmethod
    def of(cls, figure: snapshots.MetricSnapshot) -> "MostRead":
        """The graph's view of it."""
        return cls(reads=MetricSnapshot.of(figure), article_id=figure.subject.id)

    @strawberry.field(description="The article.")
    async def article(self, info: Info) -> Article | None:
        """Read together with the other articles."""
        return await Article.resolve_reference(info, strawberry.ID(self.article_id))


@strawberry.type(description="What is known of how a community is read and followed.")
class MetricFigures:
    """The part of a community's figures that is noted by day and source."""

    @strawberry.field(description="A year's articles.")
    async def articles_this_year(self, info: Info, year: Year = None) -> ArticlesOfYear | None:
        """Count."""
        found = await info.context.application.metrics.articles_of_year(
            actor_of(info.context), year
        )
        return ArticlesOfYear.of(found)

    @strawberry.field(description="How often a year's articles were read.")
    async def reads_this_year(self, info: Info, year: Year = None) -> ReadsOfYear | None:
        """Sum."""
        found = await info.context.application.metrics.reads_of_year(actor_of(info.context), year)
        return ReadsOfYear.of(found)

    @strawberry.field(description="The followers, by channel and in all.")
    async def followers(self, info: Info) -> Followers | None:
        """Of the latest day of each."""
        return Followers.of(
            await info.context.application.metrics.followers(actor_of(info.context))
        )

    @strawberry.field(description="The articles that were read most, whenever they were published.")
    async def most_read(self, info: Info, first: First = _MOST_READ) -> list[MostRead] | None:
        """By the latest figure of each."""
        found = await info.context.application.metrics.most_read(
            actor_of(info.context), first=checked_first(first)
        )
        return [MostRead.of(figure) for figure in found]

    @strawberry.field(
        description="What was noted of the community as a whole, of the latest day first."
    )
    async def metrics(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[MetricSnapshot] | None:
        """One page."""
        return await metrics_of(info, actor_of(info.context).community_id, first, after)
