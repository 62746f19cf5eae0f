"""A figure is of a day and has a source; nothing that was noted is changed."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from chassis.errors import Forbidden, RequestIdReused
from chassis.events import Received
from chassis.listening import EarlyArrival
from chassis.requests import Request
from chassis.testing import REQUESTS, FrozenClock
from hypothesis import given
from hypothesis import strategies as st
from outreach.adapters.memory import MemoryArticles, MemoryChannels
from outreach.adapters.metrics.memory import MemoryLatestFigures, MemorySnapshots
from outreach.application.metrics.keep_latest_figure import KeepLatestFigure
from outreach.application.metrics.record_metric import RecordMetric
from outreach.consumers.on_metric_captured import MetricCaptured as Heard
from outreach.consumers.on_metric_captured import on_metric_captured
from outreach.domain.articles import Article
from outreach.domain.errors import OutreachError
from outreach.domain.metrics import errors
from outreach.domain.metrics.events import MetricCaptured
from outreach.domain.metrics.latest import LatestFigure
from outreach.domain.metrics.snapshots import (
    COUNTED,
    VALUE_MAX,
    History,
    Metric,
    MetricSnapshot,
    Reading,
    Source,
    Subject,
    SubjectKind,
    capture,
)
from outreach.domain.permissions import Actor

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
COMMUNITY = Subject(SubjectKind.COMMUNITY, "community_bajiazhuang")
SAID_2021 = History(since=date(2021, 1, 1), stated_by="某报2022-03-10")
OF_2021 = Reading(
    subject=COMMUNITY,
    metric=Metric.ARTICLES_PUBLISHED,
    value=216,
    on=date(2021, 12, 31),
    source=Source.HISTORICAL,
    history=SAID_2021,
)


@pytest.fixture
def snapshots() -> MemorySnapshots:
    return MemorySnapshots()


@pytest.fixture
def figures() -> MemoryLatestFigures:
    return MemoryLatestFigures()


@pytest.fixture
def record(
    snapshots: MemorySnapshots,
    figures: MemoryLatestFigures,
    articles: MemoryArticles,
    channels: MemoryChannels,
    clock: FrozenClock,
) -> RecordMetric:
    keep = KeepLatestFigure(snapshots, articles, figures)
    return RecordMetric(snapshots, articles, channels, keep, clock)


def reads_of(article: Article, **changed: object) -> Reading:
    reading = Reading(
        subject=Subject(SubjectKind.ARTICLE, article.id),
        metric=Metric.READS,
        value=1286,
        on=TODAY,
        source=Source.HAND,
    )
    return msgspec.structs.replace(reading, **changed)


def asked(request_id: str, reading: Reading) -> Request:
    return REQUESTS.request_for("account_clerk", request_id, reading=reading)


async def test_a_figure_is_noted_with_its_day_and_its_source_and_told(
    record: RecordMetric,
    snapshots: MemorySnapshots,
    figures: MemoryLatestFigures,
    article: Article,
    clerk: Actor,
    clock: FrozenClock,
) -> None:
    reading = reads_of(article, source=Source.WECHAT)

    noted = await record(
        clerk, reading, snapshot_id="s1", corrects=None, request=asked("1", reading)
    )

    assert (noted.value, noted.on, noted.source) == (1286, TODAY, Source.WECHAT)
    assert (noted.recorded_at, noted.recorded_by, noted.revision) == (clock(), clerk.account_id, 0)
    assert snapshots.events == [noted.captured]
    assert noted.captured.subject_id == article.id
    assert await figures.of_subjects(clerk.community_id, [article.id], Metric.READS) == [noted]


async def test_a_correction_is_another_figure_of_the_day_and_stands(
    record: RecordMetric,
    snapshots: MemorySnapshots,
    figures: MemoryLatestFigures,
    article: Article,
    clerk: Actor,
) -> None:
    first, second = reads_of(article), reads_of(article, value=1268, source=Source.CSV)
    wrong = await record(clerk, first, snapshot_id="s1", corrects=None, request=asked("1", first))

    right = await record(clerk, second, snapshot_id="s2", corrects="s1", request=asked("2", second))

    assert snapshots.all == [wrong, right]
    assert (right.corrects, right.revision) == ("s1", 1)
    assert await figures.of_subjects(clerk.community_id, [article.id], Metric.READS) == [right]


async def test_a_repeat_is_one_figure_even_when_it_was_corrected_since(
    record: RecordMetric,
    snapshots: MemorySnapshots,
    figures: MemoryLatestFigures,
    article: Article,
    clerk: Actor,
) -> None:
    first, second = reads_of(article), reads_of(article, value=2)
    once = await record(clerk, first, snapshot_id="s1", corrects=None, request=asked("1", first))
    await record(clerk, second, snapshot_id="s2", corrects="s1", request=asked("2", second))

    again = await record(clerk, first, snapshot_id="s1", corrects=None, request=asked("1", first))

    assert again == once
    assert (len(snapshots.all), snapshots.writes) == (2, 2)
    (stands,) = await figures.of_subjects(clerk.community_id, [article.id], Metric.READS)
    assert stands is not None
    assert stands.value == 2


async def test_a_request_used_again_for_another_figure_is_refused(
    record: RecordMetric, snapshots: MemorySnapshots, article: Article, clerk: Actor
) -> None:
    first, other = reads_of(article), reads_of(article, value=2)
    await record(clerk, first, snapshot_id="s1", corrects=None, request=asked("1", first))

    with pytest.raises(RequestIdReused):
        await record(clerk, other, snapshot_id="s1", corrects=None, request=asked("1", other))

    assert [it.value for it in snapshots.all] == [1286]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"on": TODAY + timedelta(days=1)}, errors.MetricDayInFuture),
        ({"value": -1}, errors.MetricValueInvalid),
        ({"value": VALUE_MAX + 1}, errors.MetricValueInvalid),
        ({"metric": Metric.FOLLOWERS}, errors.MetricUnfit),
        ({"subject": Subject(SubjectKind.ARTICLE, "article_x")}, errors.MetricSubjectNotFound),
        ({"subject": Subject(SubjectKind.CHANNEL, "channel_x")}, errors.MetricSubjectNotFound),
        (
            {"subject": Subject(SubjectKind.COMMUNITY, "community_other")},
            errors.MetricSubjectNotFound,
        ),
        ({"source": Source.HISTORICAL}, errors.MetricHistoryInvalid),
        ({"history": SAID_2021}, errors.MetricHistoryInvalid),
        (
            {
                "source": Source.HISTORICAL,
                "history": History(since=TODAY + timedelta(days=1), stated_by="某报"),
            },
            errors.MetricHistoryInvalid,
        ),
        (
            {"source": Source.HISTORICAL, "history": History(since=TODAY, stated_by=" ")},
            errors.MetricHistoryInvalid,
        ),
        (
            {"source": Source.HISTORICAL, "history": History(since=TODAY, stated_by="报" * 101)},
            errors.MetricHistoryInvalid,
        ),
    ],
)
async def test_what_cannot_be_a_figure_is_refused_and_nothing_is_noted(
    changed: dict[str, object],
    refusal: type[OutreachError],
    record: RecordMetric,
    snapshots: MemorySnapshots,
    article: Article,
    clerk: Actor,
) -> None:
    reading = reads_of(article, **changed)

    with pytest.raises(refusal):
        await record(clerk, reading, snapshot_id="s1", corrects=None, request=asked("1", reading))

    assert (snapshots.all, snapshots.writes) == ([], 0)


@pytest.mark.parametrize(
    ("changed", "corrects", "refusal"),
    [
        ({}, None, errors.MetricAlreadyRecorded),
        ({}, "s0", errors.MetricSnapshotNotFound),
        ({"metric": Metric.LIKES}, "s1", errors.MetricCorrectionMismatched),
        ({"on": TODAY - timedelta(days=1)}, "s1", errors.MetricCorrectionMismatched),
        ({"subject": COMMUNITY}, "s1", errors.MetricCorrectionMismatched),
        (
            {"source": Source.HISTORICAL, "history": SAID_2021},
            "s2",
            errors.MetricCorrectionMismatched,
        ),
        ({}, "s1", errors.MetricAlreadyCorrected),
    ],
)
async def test_a_second_word_on_a_day_is_a_correction_of_what_stands_or_nothing(
    changed: dict[str, object],
    corrects: str | None,
    refusal: type[OutreachError],
    record: RecordMetric,
    snapshots: MemorySnapshots,
    article: Article,
    clerk: Actor,
) -> None:
    reading = reads_of(article)
    await record(clerk, reading, snapshot_id="s1", corrects=None, request=asked("1", reading))
    await record(clerk, reading, snapshot_id="s2", corrects="s1", request=asked("2", reading))
    before = snapshots.all
    wrong = reads_of(article, value=7, **changed)

    with pytest.raises(refusal):
        await record(clerk, wrong, snapshot_id="s3", corrects=corrects, request=asked("3", wrong))

    assert snapshots.all == before


async def test_a_correction_of_a_historical_figure_says_as_well_who_said_so(
    record: RecordMetric, snapshots: MemorySnapshots, clerk: Actor
) -> None:
    reading = msgspec.structs.replace(
        OF_2021, subject=Subject(SubjectKind.COMMUNITY, clerk.community_id)
    )
    await record(clerk, reading, snapshot_id="s1", corrects=None, request=asked("1", reading))
    by_hand = msgspec.structs.replace(reading, value=300, source=Source.HAND, history=None)

    with pytest.raises(errors.MetricCorrectionMismatched):
        await record(clerk, by_hand, snapshot_id="s2", corrects="s1", request=asked("2", by_hand))
    assert len(snapshots.all) == 1

    again = msgspec.structs.replace(reading, value=217)
    await record(clerk, again, snapshot_id="s3", corrects="s1", request=asked("3", again))
    assert [(it.value, it.source, it.history) for it in snapshots.all[1:]] == [
        (217, Source.HISTORICAL, SAID_2021)
    ]


@pytest.mark.parametrize("role", ["resident", "steward", "partner", "merchant", "auditor"])
async def test_only_the_staff_notes_figures(
    role: str, record: RecordMetric, snapshots: MemorySnapshots, article: Article, clerk: Actor
) -> None:
    reading = reads_of(article)
    other = msgspec.structs.replace(clerk, roles=frozenset({role}))

    with pytest.raises(Forbidden):
        await record(other, reading, snapshot_id="s1", corrects=None, request=asked("1", reading))

    assert snapshots.all == []


async def test_who_said_so_keeps_no_number_of_a_person(record: RecordMetric, clerk: Actor) -> None:
    said = History(since=date(2021, 1, 1), stated_by="某报2022-03-10，电话13812345678")
    reading = msgspec.structs.replace(OF_2021, history=said)

    noted = await record(
        clerk, reading, snapshot_id="s1", corrects=None, request=asked("1", reading)
    )

    assert noted.history == History(since=date(2021, 1, 1), stated_by="某报2022-03-10，电话[电话]")


def captured(reading: Reading, **changed: object) -> tuple[MetricSnapshot, list[MetricCaptured]]:
    return capture(
        msgspec.structs.replace(reading, **changed),
        snapshot_id="s1",
        community_id=COMMUNITY.id,
        corrected=None,
        at=AT,
        by="account_clerk",
    )


def test_a_historical_figure_says_for_which_time_it_stands_and_who_said_so() -> None:
    snapshot, (event,) = captured(OF_2021)

    assert snapshot.history == SAID_2021
    assert (event.subject_kind, event.subject_id, event.source) == ("community", None, "historical")


def test_a_count_of_a_year_is_of_one_year() -> None:
    of_two = History(since=date(2020, 12, 31), stated_by="某报")

    with pytest.raises(errors.MetricHistoryInvalid):
        captured(OF_2021, history=of_two)
    followers, _ = captured(OF_2021, metric=Metric.FOLLOWERS, history=of_two)

    assert followers.history == of_two


def test_today_is_chinas_today() -> None:
    late = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    reading = Reading(
        subject=COMMUNITY,
        metric=Metric.FOLLOWERS,
        value=0,
        on=date(2026, 11, 24),
        source=Source.HAND,
    )
    given_late = {"snapshot_id": "s1", "community_id": COMMUNITY.id, "corrected": None, "by": "a"}

    snapshot, _ = capture(reading, at=late, **given_late)  # type: ignore[arg-type]

    assert snapshot.on == date(2026, 11, 24)
    with pytest.raises(errors.MetricDayInFuture):
        capture(reading, at=late - timedelta(milliseconds=1), **given_late)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", SubjectKind)
@pytest.mark.parametrize("metric", Metric)
def test_followers_and_articles_are_of_no_article(kind: SubjectKind, metric: Metric) -> None:
    of_whole = {Metric.FOLLOWERS, Metric.ARTICLES_PUBLISHED}

    assert (metric in COUNTED[kind]) == (kind is not SubjectKind.ARTICLE or metric not in of_whole)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), min_size=1, unique=True))
async def test_what_stands_is_of_the_latest_day_and_its_last_correction_in_any_order(
    days: list[tuple[int, int]],
) -> None:
    figures = MemoryLatestFigures()
    snapshot, _ = captured(OF_2021, metric=Metric.FOLLOWERS)
    for day, revision in days:
        on = date(2021, 12, 1) + timedelta(days=day)
        of_day = msgspec.structs.replace(snapshot, on=on, revision=revision)
        await figures.keep(LatestFigure(snapshot=of_day))

    (stands,) = await figures.of_subjects(COMMUNITY.id, [COMMUNITY.id], Metric.FOLLOWERS)

    assert stands is not None
    last_day, last_revision = max(days)
    assert (stands.on.day - 1, stands.revision) == (last_day, last_revision)


async def test_the_event_keeps_what_a_process_that_ended_had_not(
    snapshots: MemorySnapshots,
    figures: MemoryLatestFigures,
    articles: MemoryArticles,
    article: Article,
    clerk: Actor,
) -> None:
    handle = on_metric_captured(KeepLatestFigure(snapshots, articles, figures))
    of_article = Subject(SubjectKind.ARTICLE, article.id)
    snapshot, (event,) = captured(OF_2021, metric=Metric.READS, subject=of_article)

    with pytest.raises(EarlyArrival):
        await handle(received(event))
    noted = await snapshots.add(snapshot)
    for _ in range(2):
        await handle(received(event))

    assert await figures.of_subjects(clerk.community_id, [article.id], Metric.READS) == [noted]


def received(event: MetricCaptured) -> Received[Heard]:
    return Received(
        id="event_1",
        type=event.type,
        subject=event.snapshot_id,
        sequence=1,
        community_id=event.community_id,
        time=AT,
        data=Heard(snapshot_id=event.snapshot_id),
    )
