"""The graph's type for a dated figure."""

from datetime import date, datetime

import strawberry

from outreach.api.metrics.enums import Metric, MetricSource, MetricSubjectKind
from outreach.domain.metrics import snapshots


@strawberry.type(
    description=(
        "A figure of one day, with its source. It is never changed: a correction is another one "
        "of the same day, with a higher revision, and the highest stands."
    )
)
class MetricSnapshot:
    """See `domain.metrics.snapshots.MetricSnapshot`."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    subject_kind: MetricSubjectKind = strawberry.field(description="What it is about.")
    subject_id: strawberry.ID | None = strawberry.field(
        description="The article or channel; null for the community itself."
    )
    metric: Metric = strawberry.field(description="What was counted.")
    value: int = strawberry.field(description="How many.")
    on: date = strawberry.field(description="The day in China that it is of.")
    revision: int = strawberry.field(
        description="0 for the first figure of the day, one more with each correction."
    )
    source: MetricSource = strawberry.field(description="Where it comes from.")
    since: date | None = strawberry.field(
        description="First day of the time that a historical figure stands for; `on` is the last."
    )
    stated_by: str | None = strawberry.field(description="Who stated a historical figure.")
    corrects: strawberry.ID | None = strawberry.field(description="The figure that it replaces.")
    recorded_at: datetime = strawberry.field(description="When it was noted.")
    recorded_by: strawberry.ID = strawberry.field(description="The account that noted it.")

    @classmethod
    def of(cls, snapshot: snapshots.MetricSnapshot) -> "MetricSnapshot":
        """The graph's view of a figure."""
        own = snapshot.subject.kind is snapshots.SubjectKind.COMMUNITY
        history = snapshot.history
        return cls(
            id=strawberry.ID(snapshot.id),
            subject_kind=MetricSubjectKind(snapshot.subject.kind.value),
            subject_id=None if own else strawberry.ID(snapshot.subject.id),
            metric=Metric(snapshot.metric.value),
            value=snapshot.value,
            on=snapshot.on,
            revision=snapshot.revision,
            source=MetricSource(snapshot.source.value),
            since=history.since if history else None,
            stated_by=history.stated_by if history else None,
            corrects=strawberry.ID(snapshot.corrects) if snapshot.corrects else None,
            recorded_at=snapshot.recorded_at,
            recorded_by=strawberry.ID(snapshot.recorded_by),
        )

    @classmethod
    def of_known(cls, snapshot: snapshots.MetricSnapshot | None) -> "MetricSnapshot | None":
        """The graph's view of a figure that may be missing."""
        return cls.of(snapshot) if snapshot else None
