"""The named errors of figures: each is one of the domain's."""

from chassis.graphql_errors import UserError, error_type

from outreach.domain.metrics import errors


@error_type(
    errors.MetricSubjectNotFound, description="No such article or channel in this community."
)
class MetricSubjectNotFound(UserError):
    """See the domain."""


@error_type(errors.MetricUnfit, description="Nothing of this kind is counted of this subject.")
class MetricUnfit(UserError):
    """See the domain."""


@error_type(
    errors.MetricValueInvalid, description="The figure is below nothing or beyond counting."
)
class MetricValueInvalid(UserError):
    """See the domain."""


@error_type(errors.MetricDayInFuture, description="The day is yet to come in China.")
class MetricDayInFuture(UserError):
    """See the domain."""


@error_type(
    errors.MetricHistoryInvalid,
    description=(
        "A historical figure without the time it stands for or without who said so, or another "
        "figure with them."
    ),
)
class MetricHistoryInvalid(UserError):
    """See the domain."""


@error_type(
    errors.MetricAlreadyRecorded, description="There is a figure of that day; it can be corrected."
)
class MetricAlreadyRecorded(UserError):
    """See the domain."""


@error_type(errors.MetricSnapshotNotFound, description="No such figure in this community.")
class MetricSnapshotNotFound(UserError):
    """See the domain."""


@error_type(
    errors.MetricCorrectionMismatched,
    description="The figure to correct is of another subject, metric or day.",
)
class MetricCorrectionMismatched(UserError):
    """See the domain."""


@error_type(
    errors.MetricAlreadyCorrected,
    description="The figure was corrected before; the correction can be corrected.",
)
class MetricAlreadyCorrected(UserError):
    """See the domain."""


METRIC_ERRORS: list[type[UserError]] = [
    MetricSubjectNotFound,
    MetricUnfit,
    MetricValueInvalid,
    MetricDayInFuture,
    MetricHistoryInvalid,
    MetricAlreadyRecorded,
    MetricSnapshotNotFound,
    MetricCorrectionMismatched,
    MetricAlreadyCorrected,
]
