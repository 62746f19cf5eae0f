"""A dated figure: what was counted of an article, a channel or the community on one day."""

from datetime import date, datetime
from enum import StrEnum

import msgspec

from outreach.domain.china_days import day_of
from outreach.domain.metrics.errors import (
    MetricCorrectionMismatched,
    MetricDayInFuture,
    MetricHistoryInvalid,
    MetricUnfit,
    MetricValueInvalid,
)
from outreach.domain.metrics.events import MetricCaptured
from outreach.domain.typed_text import typed_text

VALUE_MAX = 2**31 - 1
STATED_BY_MAX_LENGTH = 100


class SubjectKind(StrEnum):
    """What a figure is about."""

    ARTICLE = "article"
    CHANNEL = "channel"
    COMMUNITY = "community"


class Metric(StrEnum):
    """What is counted. Articles published are those of the year, up to the day."""

    READS = "reads"
    LIKES = "likes"
    SHARES = "shares"
    VIEWS = "views"
    FOLLOWERS = "followers"
    ARTICLES_PUBLISHED = "articles_published"


class Source(StrEnum):
    """From where a figure comes."""

    HAND = "hand"
    CSV = "csv"
    WECHAT = "wechat"
    HISTORICAL = "historical"


_OF_WHAT_IS_SEEN = frozenset({Metric.READS, Metric.LIKES, Metric.SHARES, Metric.VIEWS})
COUNTED: dict[SubjectKind, frozenset[Metric]] = {
    SubjectKind.ARTICLE: _OF_WHAT_IS_SEEN,
    SubjectKind.CHANNEL: frozenset(Metric),
    SubjectKind.COMMUNITY: frozenset(Metric),
}


class Subject(msgspec.Struct, frozen=True):
    """An article, a channel, or the community by its own id."""

    kind: SubjectKind
    id: str


class History(msgspec.Struct, frozen=True, kw_only=True):
    """What a figure from before stands for.

    Attributes:
        since: first day of the time it stands for; the last is the figure's own day.
        stated_by: who said so: a newspaper, a report, an authority.
    """

    since: date
    stated_by: str


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody notes: one figure and where it comes from.

    Attributes:
        on: the day in China that the figure is of.
        history: for a historical figure, and for no other.
    """

    subject: Subject
    metric: Metric
    value: int
    on: date
    source: Source
    history: History | None = None


class MetricSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of one day. It is never changed; a correction is a later one of the same day.

    Attributes:
        revision: 0 for the first figure of the day, one more with each correction.
        corrects: the snapshot that this one replaces.
    """

    id: str
    community_id: str
    version: int = 0
    subject: Subject
    metric: Metric
    value: int
    on: date
    revision: int = 0
    source: Source
    history: History | None = None
    corrects: str | None = None
    recorded_at: datetime
    recorded_by: str

    @property
    def captured(self) -> MetricCaptured:
        """The fact that others are told."""
        own = self.subject.kind is SubjectKind.COMMUNITY
        return MetricCaptured(
            community_id=self.community_id,
            snapshot_id=self.id,
            subject_kind=self.subject.kind.value,
            subject_id=None if own else self.subject.id,
            metric=self.metric.value,
            value=self.value,
            on=self.on,
            source=self.source.value,
            recorded_at=self.recorded_at,
        )


def capture(
    reading: Reading,
    *,
    snapshot_id: str,
    community_id: str,
    corrected: MetricSnapshot | None,
    at: datetime,
    by: str,
) -> tuple[MetricSnapshot, list[MetricCaptured]]:
    """Note a figure, or the correction of one.

    Raises: MetricUnfit; MetricValueInvalid; MetricDayInFuture; MetricHistoryInvalid;
        MetricCorrectionMismatched.
    Emits: metric.captured v1.
    """
    _check_that_it_is_counted(reading)
    _check_value(reading.value)
    if reading.on > day_of(at):
        raise MetricDayInFuture
    if corrected is not None:
        _check_that_it_corrects(reading, corrected)
    snapshot = MetricSnapshot(
        id=snapshot_id,
        community_id=community_id,
        subject=reading.subject,
        metric=reading.metric,
        value=reading.value,
        on=reading.on,
        revision=corrected.revision + 1 if corrected else 0,
        source=reading.source,
        history=_checked_history(reading),
        corrects=corrected.id if corrected else None,
        recorded_at=at,
        recorded_by=by,
    )
    return snapshot, [snapshot.captured]


def _check_that_it_is_counted(reading: Reading) -> None:
    if reading.metric not in COUNTED[reading.subject.kind]:
        raise MetricUnfit


def _check_value(value: int) -> None:
    if not 0 <= value <= VALUE_MAX:
        raise MetricValueInvalid


def _check_that_it_corrects(reading: Reading, corrected: MetricSnapshot) -> None:
    said = (reading.subject, reading.metric, reading.on)
    if said != (corrected.subject, corrected.metric, corrected.on):
        raise MetricCorrectionMismatched
    if (reading.source is Source.HISTORICAL) != (corrected.source is Source.HISTORICAL):
        raise MetricCorrectionMismatched


def _checked_history(reading: Reading) -> History | None:
    history = reading.history
    if (history is not None) != (reading.source is Source.HISTORICAL):
        raise MetricHistoryInvalid
    if history is None:
        return None
    stated_by = typed_text(history.stated_by)
    usable = 0 < len(stated_by) <= STATED_BY_MAX_LENGTH and history.since <= reading.on
    if not usable or _is_of_two_years(reading, history):
        raise MetricHistoryInvalid
    return History(since=history.since, stated_by=stated_by)


def _is_of_two_years(reading: Reading, history: History) -> bool:
    """Whether a count of a year would run over more than one."""
    return reading.metric is Metric.ARTICLES_PUBLISHED and history.since.year != reading.on.year
