"""The named errors of this room as the graph shows them."""

from datetime import datetime

import strawberry
from chassis.graphql_errors import UserError, error_type

from residents.domain.privacy import errors


@error_type(
    errors.RevealReasonRequired,
    description="A reason and a note of 4 to 200 characters are needed; OWN_DATA is for residents.",
)
class RevealReasonRequired(UserError):
    """See the domain."""


@error_type(errors.RevealLimitReached, description="Too many contacts in an hour.")
class RevealLimitReached(UserError):
    """See the domain."""

    again_at: datetime = strawberry.field(description="When the next one may be asked for.")


@error_type(errors.ConsentNotFound, description="Nothing is agreed to that could be withdrawn.")
class ConsentNotFound(UserError):
    """See the domain."""


@error_type(errors.PolicyNotCurrent, description="Another version of the text counts today.")
class PolicyNotCurrent(UserError):
    """See the domain."""


@error_type(
    errors.ConsentChangedTooOften,
    description="It was given a hundred times; what stands can still be withdrawn.",
)
class ConsentChangedTooOften(UserError):
    """See the domain."""


@error_type(errors.ConsentChannelInvalid, description="At the counter nobody agrees online.")
class ConsentChannelInvalid(UserError):
    """See the domain."""


@error_type(errors.ExportReasonRequired, description="A note of 4 to 200 characters is needed.")
class ExportReasonRequired(UserError):
    """See the domain."""


ERRORS: tuple[type[UserError], ...] = (
    RevealReasonRequired,
    RevealLimitReached,
    ConsentNotFound,
    PolicyNotCurrent,
    ConsentChangedTooOften,
    ConsentChannelInvalid,
    ExportReasonRequired,
)
