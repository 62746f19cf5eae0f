"""The named errors of following as the graph shows them."""

from chassis.graphql_errors import UserError, error_type

from issues.domain.followers import errors


@error_type(
    errors.ReporterAlwaysHears, description="Who reported the issue hears of it to its end."
)
class ReporterAlwaysHears(UserError):
    """See `domain.followers.errors`."""


ERRORS: list[type[UserError]] = [ReporterAlwaysHears]
