"""What can be done with figures."""

from datetime import date
from typing import Annotated

import strawberry
from chassis.graphql import scopes_for
from chassis.graphql_errors import RequestIdReused
from chassis.ids import derived_id

from outreach.api.context import Info, actor_of
from outreach.api.inputs import REQUEST_ID
from outreach.api.metrics.enums import Metric, MetricSubjectKind, TypedMetricSource
from outreach.api.metrics.errors import (
    MetricAlreadyCorrected,
    MetricAlreadyRecorded,
    MetricCorrectionMismatched,
    MetricDayInFuture,
    MetricHistoryInvalid,
    MetricSnapshotNotFound,
    MetricSubjectNotFound,
    MetricUnfit,
    MetricValueInvalid,
)
from outreach.api.metrics.types import MetricSnapshot
from outreach.domain.metrics import errors, snapshots
from outreach.domain.permissions import Actor


@strawberry.input(description="A figure of one day.")
class RecordMetricInput:
    """What was counted, of what, when, and who said so."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    subject_kind: MetricSubjectKind = strawberry.field(description="What it is about.")
    subject_id: strawberry.ID | None = strawberry.field(
        description="The article or channel; left out for the community itself.", default=None
    )
    metric: Metric = strawberry.field(description="What was counted.")
    value: int = strawberry.field(description="How many, 0 or more.")
    on: date = strawberry.field(description="The day in China that it is of, today at the latest.")
    source: TypedMetricSource = strawberry.field(
        description="Where it comes from.", default=TypedMetricSource.HAND
    )
    since: date | None = strawberry.field(
        description=(
            "For a historical figure, and for no other: the first day of the time that it stands "
            "for. One of articles published lies within one year."
        ),
        default=None,
    )
    stated_by: str | None = strawberry.field(
        description=(
            "For a historical figure, and for no other: who said so, such as a newspaper and its "
            "date, at most 100 characters."
        ),
        default=None,
    )
    corrects: strawberry.ID | None = strawberry.field(
        description="The figure of the same subject, metric and day that it replaces.", default=None
    )


@strawberry.type(description="The figure is noted.")
class RecordMetricSuccess:
    """What came of it."""

    snapshot: MetricSnapshot = strawberry.field(description="The figure.")


RecordMetricResult = Annotated[
    RecordMetricSuccess
    | MetricSubjectNotFound
    | MetricUnfit
    | MetricValueInvalid
    | MetricDayInFuture
    | MetricHistoryInvalid
    | MetricAlreadyRecorded
    | MetricSnapshotNotFound
    | MetricCorrectionMismatched
    | MetricAlreadyCorrected
    | RequestIdReused,
    strawberry.union("RecordMetricResult", description="What can come of noting a figure."),
]


@strawberry.type(description="What can be changed about figures.")
class MetricMutations:
    """The part of Mutation that is about figures."""

    @strawberry.federation.mutation(
        description="Note a figure of one day, or correct one; nothing noted before is changed.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def record_metric(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            RecordMetricInput, strawberry.argument(description="What to note.")
        ],
    ) -> RecordMetricResult | None:
        """Its id is derived from caller and request."""
        actor = actor_of(info.context)
        reading = _reading(actor, input)
        request = info.context.request_for(
            input.request_id, reading=reading, corrects=input.corrects
        )
        snapshot = await info.context.application.record_metric(
            actor,
            reading,
            snapshot_id=derived_id("metric_snapshot", actor.account_id, input.request_id),
            corrects=input.corrects,
            request=request,
        )
        return RecordMetricSuccess(snapshot=MetricSnapshot.of(snapshot))


def _reading(actor: Actor, given: RecordMetricInput) -> snapshots.Reading:
    """Raises: MetricSubjectNotFound; MetricHistoryInvalid."""
    return snapshots.Reading(
        subject=_subject(actor, given),
        metric=snapshots.Metric(str(given.metric.value)),
        value=given.value,
        on=given.on,
        source=snapshots.Source(str(given.source.value)),
        history=_history(given),
    )


def _subject(actor: Actor, given: RecordMetricInput) -> snapshots.Subject:
    """Without an id, the actor's own community. Raises: MetricSubjectNotFound."""
    kind = snapshots.SubjectKind(str(given.subject_kind.value))
    if kind is snapshots.SubjectKind.COMMUNITY:
        return snapshots.Subject(kind, given.subject_id or actor.community_id)
    if given.subject_id is None:
        raise errors.MetricSubjectNotFound
    return snapshots.Subject(kind, given.subject_id)


def _history(given: RecordMetricInput) -> snapshots.History | None:
    """Both or neither. Raises: MetricHistoryInvalid."""
    match given.since, given.stated_by:
        case None, None:
            return None
        case date() as since, str() as stated_by:
            return snapshots.History(since=since, stated_by=stated_by)
    raise errors.MetricHistoryInvalid
