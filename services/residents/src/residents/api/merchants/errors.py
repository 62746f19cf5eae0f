"""The named errors of merchants' clients as the graph shows them."""

from chassis.graphql_errors import UserError, error_type

from residents.domain.merchants import errors


@error_type(errors.MerchantNotFound, description="No such merchant within the caller's reach.")
class MerchantNotFound(UserError):
    """See the domain."""


@error_type(
    errors.MerchantNotApproved, description="The merchant is not approved, or is suspended."
)
class MerchantNotApproved(UserError):
    """See the domain."""


@error_type(errors.MerchantClientNotFound, description="No such client in the caller's community.")
class MerchantClientNotFound(UserError):
    """See the domain."""


ERRORS: tuple[type[UserError], ...] = (
    MerchantNotFound,
    MerchantNotApproved,
    MerchantClientNotFound,
)
