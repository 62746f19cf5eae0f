"""The named errors of this service as the graph shows them."""

from chassis.graphql_errors import RequestIdReused, UserError, error_type

from issues.domain import errors


@error_type(errors.IntakeNotFound, description="No such intake in the caller's community.")
class IntakeNotFound(UserError):
    """See `domain.errors`."""


@error_type(errors.ReplyPending, description="The person waits for a reply: answer first.")
class ReplyPending(UserError):
    """See `domain.errors`."""


@error_type(errors.IntakeAlreadyAccepted, description="The intake has become an issue.")
class IntakeAlreadyAccepted(UserError):
    """See `domain.errors`."""


@error_type(errors.IntakeDismissed, description="The intake was closed without an issue.")
class IntakeDismissed(UserError):
    """See `domain.errors`."""


@error_type(errors.CategoryUnknown, description="No category has this code.")
class CategoryUnknown(UserError):
    """See `domain.errors`."""


@error_type(errors.PublicTextInvalid, description="The public text is empty or too long.")
class PublicTextInvalid(UserError):
    """See `domain.errors`."""


@error_type(
    errors.PublicTextRevealsPerson,
    description="A phone, an identity number or a door stands in what everybody will read.",
)
class PublicTextRevealsPerson(UserError):
    """See `domain.errors`."""


@error_type(errors.PlaceTooLong, description="The place is too long.")
class PlaceTooLong(UserError):
    """See `domain.errors`."""


@error_type(errors.IssueNotFound, description="No such issue in the caller's community.")
class IssueNotFound(UserError):
    """See `domain.errors`."""


@error_type(errors.IssueAlreadyAcknowledged, description="Somebody has acknowledged it.")
class IssueAlreadyAcknowledged(UserError):
    """See `domain.errors`."""


@error_type(errors.IssueNotAcknowledged, description="It must be acknowledged first.")
class IssueNotAcknowledged(UserError):
    """See `domain.errors`."""


@error_type(errors.HazardAlreadyConfirmed, description="A person has confirmed the hazard.")
class HazardAlreadyConfirmed(UserError):
    """See `domain.errors`."""


@error_type(errors.HazardAlreadyDeclined, description="A person has declined the hazard.")
class HazardAlreadyDeclined(UserError):
    """See `domain.errors`."""


@error_type(errors.HazardNotRaised, description="There is no hazard to decline.")
class HazardNotRaised(UserError):
    """See `domain.errors`."""


@error_type(errors.HazardRuleNotFound, description="No such rule in the caller's community.")
class HazardRuleNotFound(UserError):
    """See `domain.errors`."""


@error_type(
    errors.HazardRuleInvalid,
    description="A rule needs a name and 1 to 50 words of at most 20 characters.",
)
class HazardRuleInvalid(UserError):
    """See `domain.errors`."""


@error_type(errors.TooManyHazardRules, description="A community has at most 100 rules.")
class TooManyHazardRules(UserError):
    """See `domain.errors`."""


ERRORS: list[type[UserError]] = [
    CategoryUnknown,
    HazardAlreadyConfirmed,
    HazardAlreadyDeclined,
    HazardNotRaised,
    HazardRuleInvalid,
    HazardRuleNotFound,
    IntakeAlreadyAccepted,
    IntakeDismissed,
    IntakeNotFound,
    IssueAlreadyAcknowledged,
    IssueNotAcknowledged,
    IssueNotFound,
    PlaceTooLong,
    PublicTextInvalid,
    PublicTextRevealsPerson,
    ReplyPending,
    RequestIdReused,
    TooManyHazardRules,
]
