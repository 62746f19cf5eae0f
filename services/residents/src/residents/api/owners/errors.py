"""The room's named errors as the graph shows them."""

from chassis.graphql_errors import UserError, error_type

from residents.domain.owners import errors


@error_type(errors.OwnerShareInvalid, description="A share is not above 0 and at most 1.")
class OwnerShareInvalid(UserError):
    """See the domain."""


@error_type(
    errors.OwnerSharesDoNotAddUp,
    description="The shares are not exactly the whole, and not all owners hold it jointly.",
)
class OwnerSharesDoNotAddUp(UserError):
    """See the domain."""


@error_type(errors.OwnerRepeated, description="The same owner twice in one dwelling.")
class OwnerRepeated(UserError):
    """See the domain."""


@error_type(errors.OwnersMissing, description="A dwelling without an owner.")
class OwnersMissing(UserError):
    """See the domain."""


@error_type(errors.OwnersTooMany, description="More than 50 owners of one dwelling.")
class OwnersTooMany(UserError):
    """See the domain."""


@error_type(
    errors.OwnerDescriptionInvalid,
    description="An owner is neither chosen nor described, or described wrongly.",
)
class OwnerDescriptionInvalid(UserError):
    """See the domain."""


@error_type(errors.OwnerNotFound, description="No such owner that the caller may see.")
class OwnerNotFound(UserError):
    """See the domain."""


@error_type(
    errors.OwnershipKnown, description="The dwelling has owners already: transfer it instead."
)
class OwnershipKnown(UserError):
    """See the domain."""


@error_type(
    errors.OwnershipUnknown, description="The dwelling has no known owners: record them first."
)
class OwnershipUnknown(UserError):
    """See the domain."""


@error_type(
    errors.OwnershipBeforePresent, description="It would begin before the present owners did."
)
class OwnershipBeforePresent(UserError):
    """See the domain."""


@error_type(errors.OwnershipInFuture, description="It would begin later than today.")
class OwnershipInFuture(UserError):
    """See the domain."""


@error_type(
    errors.OwnershipHistoryFull,
    description="The dwelling changed hands more often than is kept.",
)
class OwnershipHistoryFull(UserError):
    """See the domain."""


ERRORS: tuple[type[UserError], ...] = (
    OwnerShareInvalid,
    OwnerSharesDoNotAddUp,
    OwnerRepeated,
    OwnersMissing,
    OwnersTooMany,
    OwnerDescriptionInvalid,
    OwnerNotFound,
    OwnershipKnown,
    OwnershipUnknown,
    OwnershipBeforePresent,
    OwnershipInFuture,
    OwnershipHistoryFull,
)
