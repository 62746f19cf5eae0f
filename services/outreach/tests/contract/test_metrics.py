"""What the keepers of figures promise, in memory and in the store alike; each query explained."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from chassis.errors import RequestIdReused
from chassis.mongo import Document, Store
from chassis.testing import REQUESTS
from chassis.testing_explain import Recorded, assert_indexed
from outreach.adapters.metrics.mongo_latest_figures import MongoLatestFigures, reads_pipeline
from outreach.adapters.metrics.mongo_snapshots import MongoSnapshots
from outreach.adapters.mongo_articles import MongoArticles
from outreach.application.metrics.ports import LatestFigures, Snapshots, SummedReads
from outreach.application.period import Period
from outreach.application.ports import Articles
from outreach.domain.articles import Article
from outreach.domain.metrics.errors import (
    MetricAlreadyCorrected,
    MetricAlreadyRecorded,
    MetricSnapshotNotFound,
)
from outreach.domain.metrics.latest import LatestFigure
from outreach.domain.metrics.snapshots import (
    History,
    Metric,
    MetricSnapshot,
    Source,
    Subject,
    SubjectKind,
)

HERE, THERE = "community_here", "community_there"
DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
YEAR = Period(datetime(2025, 12, 31, 16, tzinfo=UTC), datetime(2026, 12, 31, 16, tzinfo=UTC))


def snapshot(name: str, **changed: object) -> MetricSnapshot:
    noted = MetricSnapshot(
        id=f"metric_snapshot_{name}",
        community_id=HERE,
        subject=Subject(SubjectKind.ARTICLE, "article_1"),
        metric=Metric.READS,
        value=10,
        on=DAY,
        source=Source.HAND,
        recorded_at=AT,
        recorded_by="account_1",
    )
    return msgspec.structs.replace(noted, **changed)


def article(number: int, published_at: datetime, community_id: str = HERE) -> Article:
    return Article(
        id=f"article_{community_id}_{number}",
        community_id=community_id,
        channel_id="channel_1",
        app_id="wx2c2769f8efd9abc2",
        title=f"第{number}篇",
        url="https://mp.weixin.qq.com/s/1",
        message_data_id=number + 1,
        index=0,
        published_at=published_at,
        registered_at=AT,
        registered_by="account_1",
    )


async def test_a_figure_comes_back_as_it_was_noted(snapshots: Snapshots) -> None:
    said = History(since=date(2021, 1, 1), stated_by="某报2022-03-10")
    noted = await snapshots.add(
        snapshot("1", on=date(2021, 12, 31), source=Source.HISTORICAL, history=said)
    )

    assert await snapshots.get(HERE, noted.id) == noted
    assert await snapshots.get_many(HERE, ["metric_snapshot_x", noted.id]) == [None, noted]
    with pytest.raises(MetricSnapshotNotFound):
        await snapshots.get(THERE, noted.id)


async def test_a_day_has_one_figure_and_each_figure_one_correction(snapshots: Snapshots) -> None:
    await snapshots.add(snapshot("1"))
    await snapshots.add(snapshot("2", revision=1, corrects="metric_snapshot_1"))

    with pytest.raises(MetricAlreadyRecorded):
        await snapshots.add(snapshot("3", value=11))
    with pytest.raises(MetricAlreadyCorrected):
        await snapshots.add(snapshot("4", revision=1, corrects="metric_snapshot_1"))

    listed = await snapshots.of_subject(HERE, "article_1", first=10, after=None)
    assert {it.id for it in listed.items} == {"metric_snapshot_1", "metric_snapshot_2"}


async def test_other_days_metrics_subjects_and_communities_are_apart(snapshots: Snapshots) -> None:
    await snapshots.add(snapshot("1"))
    for name, changed in (
        ("2", {"on": DAY - timedelta(days=1)}),
        ("3", {"metric": Metric.LIKES}),
        ("4", {"subject": Subject(SubjectKind.ARTICLE, "article_2")}),
        ("5", {"community_id": THERE}),
    ):
        await snapshots.add(snapshot(name, **changed))

    listed = await snapshots.of_subject(HERE, "article_1", first=10, after=None)
    assert {it.id[-1] for it in listed.items} == {"1", "2", "3"}


async def test_a_repeat_is_stored_once_and_with_other_input_refused(snapshots: Snapshots) -> None:
    first = REQUESTS.request_for("account_1", "1", value=10)
    other = REQUESTS.request_for("account_1", "1", value=11)

    once = await snapshots.add(snapshot("1"), request=first)
    again = await snapshots.add(snapshot("1", value=11), request=first)

    assert again == once
    with pytest.raises(RequestIdReused):
        await snapshots.add(snapshot("1", value=11), request=other)


async def test_figures_are_listed_latest_day_first_page_by_page(snapshots: Snapshots) -> None:
    for number in range(5):
        on = DAY - timedelta(days=number // 2)
        metric = Metric.READS if number % 2 else Metric.LIKES
        later = AT + timedelta(minutes=number)
        await snapshots.add(snapshot(str(number), on=on, metric=metric, recorded_at=later))

    seen: list[str] = []
    after = None
    for _ in range(3):
        page = await snapshots.of_subject(HERE, "article_1", first=2, after=after)
        seen += [it.id[-1] for it in page.items]
        after = page.cursors[-1]

    assert seen == ["1", "0", "3", "2", "4"]
    assert page.has_next_page is False


async def test_what_stands_of_a_year_is_the_last_correction_of_its_last_day(
    snapshots: Snapshots,
) -> None:
    start, end = date(2026, 1, 1), date(2026, 12, 31)
    for name, on, revision in (
        ("1", date(2025, 12, 31), 0),
        ("2", start, 0),
        ("3", end, 0),
        ("4", end, 1),
        ("5", date(2027, 1, 1), 0),
    ):
        await snapshots.add(snapshot(name, on=on, revision=revision))

    async def last(first_day: date, last_day: date) -> str | None:
        found = await snapshots.last_within(HERE, "article_1", Metric.READS, first_day, last_day)
        return found.id[-1] if found else None

    assert await last(start, end) == "4"
    assert await last(start, date(2026, 12, 30)) == "2"
    assert await last(date(2024, 1, 1), date(2024, 12, 31)) is None
    assert await snapshots.last_within(THERE, "article_1", Metric.READS, start, end) is None
    assert await snapshots.last_within(HERE, "article_1", Metric.LIKES, start, end) is None


async def test_only_a_later_figure_takes_the_place_of_what_stands(figures: LatestFigures) -> None:
    corrected = snapshot("2", revision=1, value=20)
    for each in (
        snapshot("0", on=DAY - timedelta(days=1), value=5),
        corrected,
        snapshot("1", value=10),
        corrected,
        snapshot("0", on=DAY - timedelta(days=1), revision=7, value=6),
    ):
        await figures.keep(LatestFigure(snapshot=each))

    assert await figures.of_subjects(HERE, ["article_x", "article_1"], Metric.READS) == [
        None,
        corrected,
    ]
    assert await figures.of_subjects(THERE, ["article_1"], Metric.READS) == [None]
    assert await figures.of_subjects(HERE, ["article_1"], Metric.LIKES) == [None]


async def test_the_highest_of_a_kind_come_first(figures: LatestFigures) -> None:
    for name, kind, value in (
        ("1", SubjectKind.ARTICLE, 70),
        ("2", SubjectKind.ARTICLE, 900),
        ("3", SubjectKind.CHANNEL, 5_000),
        ("4", SubjectKind.ARTICLE, 80),
    ):
        each = snapshot(name, subject=Subject(kind, f"subject_{name}"), value=value)
        await figures.keep(LatestFigure(snapshot=each))
        await figures.keep(
            LatestFigure(snapshot=msgspec.structs.replace(each, metric=Metric.VIEWS, value=1))
        )

    highest = await figures.highest(HERE, SubjectKind.ARTICLE, Metric.READS, first=2)

    assert [it.value for it in highest] == [900, 80]
    assert await figures.highest(THERE, SubjectKind.ARTICLE, Metric.READS, first=2) == []


async def test_reads_are_summed_over_the_articles_of_a_period(figures: LatestFigures) -> None:
    for name, published_at, value, day in (
        ("1", YEAR.start, 300, 3),
        ("2", YEAR.end - timedelta(milliseconds=1), 40, 2),
        ("3", YEAR.end, 5_000, 1),
        ("4", YEAR.start - timedelta(milliseconds=1), 6_000, 1),
    ):
        each = snapshot(
            name,
            subject=Subject(SubjectKind.ARTICLE, f"article_{name}"),
            value=value,
            on=date(2026, 11, day),
        )
        await figures.keep(LatestFigure(snapshot=each, published_at=published_at))
    whole = snapshot("5", subject=Subject(SubjectKind.COMMUNITY, HERE), value=28_000)
    await figures.keep(LatestFigure(snapshot=whole))

    assert await figures.reads_of_published(HERE, YEAR) == SummedReads(
        total=340, articles=2, oldest_on=date(2026, 11, 2)
    )
    assert await figures.reads_of_published(THERE, YEAR) == SummedReads(0, 0, None)


async def test_the_articles_of_a_period_are_listed_latest_first(articles: Articles) -> None:
    for number, published_at in enumerate(
        (YEAR.start - timedelta(milliseconds=1), YEAR.start, AT, YEAR.end)
    ):
        await articles.add(article(number, published_at))
        await articles.add(article(number, published_at, THERE))

    first = await articles.published_in(HERE, YEAR, first=1, after=None)
    second = await articles.published_in(HERE, YEAR, first=1, after=first.cursors[-1])

    assert [it.published_at for it in (*first.items, *second.items)] == [AT, YEAR.start]
    assert (first.has_next_page, second.has_next_page) == (True, False)


async def test_every_look_at_figures_has_an_index(store: Store, strictly: bool) -> None:
    snapshots, figures = MongoSnapshots(store), MongoLatestFigures(store)
    articles = MongoArticles(store)
    plans: list[Document] = []
    for community_id in (HERE, THERE):
        for number in range(60):
            each = snapshot(
                f"{community_id}_{number}",
                community_id=community_id,
                subject=Subject(SubjectKind.ARTICLE, f"article_{number % 3}"),
                metric=list(Metric)[number % 2],
                on=DAY - timedelta(days=number),
                value=number,
            )
            await snapshots.add(each)
            published_at = AT - timedelta(days=number * 10)
            of_its_own = Subject(SubjectKind.ARTICLE, f"article_{number}")
            alone = msgspec.structs.replace(each, subject=of_its_own, metric=Metric.READS)
            await figures.keep(LatestFigure(snapshot=alone, published_at=published_at))
            await articles.add(article(number, published_at, community_id))
    snapshots.collection = Recorded(snapshots.collection, plans)
    articles.collection = Recorded(articles.collection, plans)
    figures.collection = Recorded(figures.collection, plans)

    page = await snapshots.of_subject(HERE, "article_1", first=5, after=None)
    await snapshots.of_subject(HERE, "article_1", first=5, after=page.cursors[-1])
    assert await snapshots.last_within(HERE, "article_0", Metric.READS, date(2026, 1, 1), DAY)
    assert len(await figures.highest(HERE, SubjectKind.ARTICLE, Metric.READS, first=5)) == 5
    assert all(await figures.of_subjects(HERE, ["article_1", "article_7"], Metric.READS))

    published = await articles.published_in(HERE, YEAR, first=5, after=None)
    await articles.published_in(HERE, YEAR, first=5, after=published.cursors[-1])

    assert len(plans) == 7
    assert_indexed(plans, strictly=strictly)


async def test_a_year_is_summed_by_index(store: Store) -> None:
    figures = MongoLatestFigures(store)
    for number in range(60):
        subject = Subject(SubjectKind.ARTICLE, f"article_{number}")
        await figures.keep(
            LatestFigure(
                snapshot=snapshot(str(number), subject=subject, value=number),
                published_at=AT - timedelta(days=number * 10),
            )
        )

    plan = await figures.collection.explain_aggregate(reads_pipeline(HERE, YEAR))

    assert_indexed([plan], strictly=True)
