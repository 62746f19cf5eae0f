"""The named errors of imports as the graph shows them."""

from chassis.graphql_errors import UserError, error_type

from residents.domain.imports import errors


@error_type(errors.ImportNotFound, description="No such import in the caller's community.")
class ImportNotFound(UserError):
    """See the domain."""


@error_type(errors.ImportNotChecked, description="It is not checked yet, or has ended.")
class ImportNotChecked(UserError):
    """See the domain."""


@error_type(
    errors.ImportInProgress, description="Another import of the community is accepted or applied."
)
class ImportInProgress(UserError):
    """See the domain."""


@error_type(errors.ImportUnderway, description="It was accepted, and is applied to the end.")
class ImportUnderway(UserError):
    """See the domain."""


ERRORS: tuple[type[UserError], ...] = (
    ImportNotFound,
    ImportNotChecked,
    ImportInProgress,
    ImportUnderway,
)
