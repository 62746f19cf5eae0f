"""The named errors that rooms share, as the graph shows them."""

from chassis.graphql_errors import RequestIdReused, UserError, error_type

from vouchers.domain import errors


@error_type(
    errors.MakerMayNotApprove,
    description="Who registered, drafted or amended it does not approve it.",
)
class MakerMayNotApprove(UserError):
    """See the domain."""


ERRORS: tuple[type[UserError], ...] = (MakerMayNotApprove, RequestIdReused)
