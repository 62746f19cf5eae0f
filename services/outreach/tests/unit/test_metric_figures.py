"""What is known of a community's reads and followers; each figure with its day and its source."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from chassis.errors import BadUserInput, Forbidden
from chassis.testing import FrozenClock
from outreach.adapters.memory import MemoryArticles, MemoryChannels
from outreach.adapters.metrics.memory import MemoryLatestFigures, MemorySnapshots
from outreach.application.metrics.keep_latest_figure import KeepLatestFigure
from outreach.application.metrics.ports import SummedReads
from outreach.application.metrics.queries import MetricQueries
from outreach.domain.articles import Article
from outreach.domain.channels import Channel
from outreach.domain.metrics.snapshots import (
    Metric,
    MetricSnapshot,
    Source,
    Subject,
    SubjectKind,
)
from outreach.domain.permissions import Actor

TODAY = date(2026, 11, 23)


class Noted:
    """Notes figures of a community as if somebody had."""

    def __init__(
        self, snapshots: MemorySnapshots, keep: KeepLatestFigure, community_id: str
    ) -> None:
        self._snapshots, self._keep, self._community_id = snapshots, keep, community_id
        self._noted = 0

    async def __call__(
        self, subject: Subject, metric: Metric, value: int, on: date = TODAY
    ) -> MetricSnapshot:
        self._noted += 1
        snapshot = MetricSnapshot(
            id=f"metric_snapshot_{self._noted}",
            community_id=self._community_id,
            subject=subject,
            metric=metric,
            value=value,
            on=on,
            source=Source.HAND,
            recorded_at=datetime(2026, 11, 23, 8, 0, tzinfo=UTC) + timedelta(seconds=self._noted),
            recorded_by="account_clerk",
        )
        noted = await self._snapshots.add(snapshot)
        await self._keep(noted)
        return noted


@pytest.fixture
def snapshots() -> MemorySnapshots:
    return MemorySnapshots()


@pytest.fixture
def figures() -> MemoryLatestFigures:
    return MemoryLatestFigures()


@pytest.fixture
def noted(
    snapshots: MemorySnapshots,
    figures: MemoryLatestFigures,
    articles: MemoryArticles,
    clerk: Actor,
) -> Noted:
    return Noted(snapshots, KeepLatestFigure(snapshots, articles, figures), clerk.community_id)


@pytest.fixture
def queries(
    snapshots: MemorySnapshots,
    figures: MemoryLatestFigures,
    articles: MemoryArticles,
    channels: MemoryChannels,
    clock: FrozenClock,
) -> MetricQueries:
    return MetricQueries(snapshots, figures, articles, channels, clock)


def community(actor: Actor) -> Subject:
    return Subject(SubjectKind.COMMUNITY, actor.community_id)


def of(article: Article) -> Subject:
    return Subject(SubjectKind.ARTICLE, article.id)


async def another(articles: MemoryArticles, article: Article, number: int, at: datetime) -> Article:
    return await articles.add(
        msgspec.structs.replace(
            article, id=f"article_of_{number}", message_data_id=number, published_at=at
        )
    )


async def test_a_year_is_counted_beside_what_others_stated_of_it(
    queries: MetricQueries, noted: Noted, article: Article, clerk: Actor
) -> None:
    await noted(community(clerk), Metric.ARTICLES_PUBLISHED, 100, date(2021, 6, 30))
    stated = await noted(community(clerk), Metric.ARTICLES_PUBLISHED, 216, date(2021, 12, 31))

    this_year = await queries.articles_of_year(clerk, None)
    of_2021 = await queries.articles_of_year(clerk, 2021)
    of_2022 = await queries.articles_of_year(clerk, 2022)

    assert (this_year.year, this_year.counted, this_year.stated) == (2026, 1, None)
    assert (of_2021.counted, of_2021.stated) == (0, stated)
    assert (of_2022.counted, of_2022.stated) == (0, None)


async def test_a_year_begins_at_chinas_midnight(
    queries: MetricQueries, articles: MemoryArticles, article: Article, clerk: Actor
) -> None:
    await another(articles, article, 1, datetime(2025, 12, 31, 15, 59, tzinfo=UTC))
    await another(articles, article, 2, datetime(2025, 12, 31, 16, 0, tzinfo=UTC))

    assert (await queries.articles_of_year(clerk, 2025)).counted == 1
    assert (await queries.articles_of_year(clerk, 2026)).counted == 2
    page = await queries.articles_published_in(clerk, 2026, first=10, after=None)
    assert [it.id for it in page.items] == [article.id, "article_of_2"]


async def test_reads_of_a_year_are_the_latest_of_each_article_as_far_as_known(
    queries: MetricQueries,
    noted: Noted,
    articles: MemoryArticles,
    article: Article,
    clerk: Actor,
) -> None:
    second = await another(articles, article, 2, article.published_at)
    await another(articles, article, 3, article.published_at)
    older = await another(articles, article, 4, article.published_at - timedelta(days=400))
    await noted(of(article), Metric.READS, 300, TODAY - timedelta(days=2))
    await noted(of(article), Metric.READS, 500, TODAY - timedelta(days=1))
    await noted(of(second), Metric.READS, 40, TODAY)
    await noted(of(second), Metric.LIKES, 9_000, TODAY)
    await noted(of(older), Metric.READS, 7_000, TODAY)
    stated = await noted(community(clerk), Metric.READS, 28_000, TODAY)

    found = await queries.reads_of_year(clerk, None)

    assert found.reads == SummedReads(total=540, articles=2, oldest_on=TODAY - timedelta(days=1))
    assert (found.articles, found.stated) == (3, stated)


async def test_without_figures_nothing_is_made_up(
    queries: MetricQueries, article: Article, clerk: Actor
) -> None:
    reads = await queries.reads_of_year(clerk, None)
    followers = await queries.followers(clerk)

    assert reads.reads == SummedReads(total=0, articles=0, oldest_on=None)
    assert (followers.total, followers.oldest_on, followers.channels) == (None, None, [])
    assert await queries.most_read(clerk, first=5) == []
    assert await queries.latest_reads(clerk, [article.id]) == [None]


async def test_followers_are_of_the_channels_in_use_and_as_old_as_the_oldest(
    queries: MetricQueries,
    noted: Noted,
    channels: MemoryChannels,
    channel: Channel,
    clock: FrozenClock,
    clerk: Actor,
) -> None:
    film = msgspec.structs.replace(channel, id="channel_film", official_account=None)
    ended = msgspec.structs.replace(channel, id="channel_ended", official_account=None)
    for each in (film, ended):
        await channels.add(each)
    await channels.change(clerk.community_id, ended.id, lambda it: it.archive(clock()))
    yesterday = TODAY - timedelta(days=1)
    of_film = await noted(Subject(SubjectKind.CHANNEL, film.id), Metric.FOLLOWERS, 250, yesterday)
    of_channel = await noted(Subject(SubjectKind.CHANNEL, channel.id), Metric.FOLLOWERS, 4_000)
    await noted(Subject(SubjectKind.CHANNEL, ended.id), Metric.FOLLOWERS, 90_000)
    stated = await noted(community(clerk), Metric.FOLLOWERS, 4_250, date(2021, 12, 31))

    followers = await queries.followers(clerk)

    assert (followers.total, followers.oldest_on) == (4_250, yesterday)
    assert followers.channels == [of_channel, of_film]
    assert followers.stated == stated


async def test_the_most_read_come_first_and_no_more_than_asked(
    queries: MetricQueries,
    noted: Noted,
    articles: MemoryArticles,
    article: Article,
    clerk: Actor,
) -> None:
    for number, value in ((2, 40), (3, 700), (4, 90)):
        each = await another(articles, article, number, article.published_at)
        await noted(of(each), Metric.READS, value)

    found = await queries.most_read(clerk, first=2)

    assert [(it.subject.id, it.value) for it in found] == [
        ("article_of_3", 700),
        ("article_of_4", 90),
    ]


async def test_the_days_of_a_subject_are_listed_latest_first_page_by_page(
    queries: MetricQueries, noted: Noted, article: Article, clerk: Actor
) -> None:
    days = [TODAY - timedelta(days=back) for back in (2, 0, 1)]
    for value, on in enumerate(days):
        await noted(of(article), Metric.READS, value, on)

    first = await queries.of_subject(clerk, article.id, first=2, after=None)
    second = await queries.of_subject(clerk, article.id, first=2, after=first.cursors[-1])

    assert [it.on for it in first.items] == [TODAY, TODAY - timedelta(days=1)]
    assert (first.has_next_page, second.has_next_page) == (True, False)
    assert [it.on for it in second.items] == [TODAY - timedelta(days=2)]


@pytest.mark.parametrize("year", [-1, 0, 1999, 2101, 10_000])
async def test_a_year_far_away_is_refused(year: int, queries: MetricQueries, clerk: Actor) -> None:
    with pytest.raises(BadUserInput):
        await queries.articles_of_year(clerk, year)
    with pytest.raises(BadUserInput):
        await queries.reads_of_year(clerk, year)


async def test_figures_are_the_staffs(
    queries: MetricQueries, article: Article, clerk: Actor
) -> None:
    resident = msgspec.structs.replace(clerk, roles=frozenset({"resident"}))

    for asking in (
        queries.of_subject(resident, article.id, first=1, after=None),
        queries.latest_reads(resident, [article.id]),
        queries.most_read(resident, first=1),
        queries.articles_of_year(resident, None),
        queries.reads_of_year(resident, None),
        queries.articles_published_in(resident, 2026, first=1, after=None),
        queries.followers(resident),
    ):
        with pytest.raises(Forbidden):
            await asking
