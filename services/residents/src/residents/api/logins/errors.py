"""The named errors of logins and bindings as the graph shows them."""

from chassis.graphql_errors import UserError, error_type

from residents.domain.logins import errors


@error_type(
    errors.WeChatNotConfigured, description="This installation has no mini-program at WeChat."
)
class WeChatNotConfigured(UserError):
    """See the domain."""


@error_type(
    errors.WeChatCodeInvalid,
    description="WeChat does not know the code: it is wrong, five minutes old, or was used.",
)
class WeChatCodeInvalid(UserError):
    """See the domain."""


@error_type(errors.WeChatTooFrequent, description="WeChat limits how often one person asks.")
class WeChatTooFrequent(UserError):
    """See the domain."""


@error_type(
    errors.WeChatUserAtRisk, description="WeChat lets nobody in by this person's account now."
)
class WeChatUserAtRisk(UserError):
    """See the domain."""


@error_type(
    errors.WeChatAway, name="WeChatUnavailable", description="There is no answer of WeChat's."
)
class WeChatUnavailable(UserError):
    """See the domain."""


@error_type(errors.OpenidClaimed, description="The openid is known as somebody else's.")
class OpenidClaimed(UserError):
    """See the domain."""


@error_type(errors.AccountIsDisabled, name="AccountDisabled", description="The account was shut.")
class AccountDisabled(UserError):
    """See the domain."""


@error_type(errors.PhoneNotMobile, name="PhoneNumberInvalid", description="WeChat gave no number.")
class PhoneNumberInvalid(UserError):
    """See the domain."""


@error_type(
    errors.ConsentRequired,
    description="The person has not agreed to HOUSEHOLD_BINDING as its policy now stands.",
)
class ConsentRequired(UserError):
    """See the domain."""


@error_type(errors.TooManyBindings, description="An account has at most five open bindings.")
class TooManyBindings(UserError):
    """See the domain."""


@error_type(errors.BindingExists, description="The account is, or waits to be, bound there.")
class BindingExists(UserError):
    """See the domain."""


@error_type(errors.BindingNotFound, description="No such binding that the caller may see.")
class BindingNotFound(UserError):
    """See the domain."""


@error_type(errors.BindingDecided, description="Somebody has decided about it already.")
class BindingDecided(UserError):
    """See the domain."""


@error_type(errors.VerifyingOneself, description="Nobody decides about their own binding.")
class VerifyingOneself(UserError):
    """See the domain."""


@error_type(
    errors.ResidentOfAnotherHousehold,
    description="The resident does not live in the household that is to be bound.",
)
class ResidentOfAnotherHousehold(UserError):
    """See the domain."""


@error_type(
    errors.ResidentAlreadyClaimed,
    description="The resident is bound to another account, or one is being verified as them.",
)
class ResidentAlreadyClaimed(UserError):
    """See the domain."""


@error_type(errors.ReasonInvalid, description="No reason, or more than 200 characters.")
class ReasonInvalid(UserError):
    """See the domain."""


@error_type(
    errors.ResetNotFound,
    description="No such request of the last 24 hours that waits for approval.",
)
class ResetNotFound(UserError):
    """See the domain."""


@error_type(errors.ResetOfOneself, description="Nobody has a hand in their own reset.")
class ResetOfOneself(UserError):
    """See the domain."""


@error_type(errors.SecondPersonNeeded, description="Who asked for a reset does not approve it.")
class SecondPersonNeeded(UserError):
    """See the domain."""


@error_type(errors.SecretaryNeeded, description="One of the two must be a secretary.")
class SecretaryNeeded(UserError):
    """See the domain."""


@error_type(
    errors.AccountNotResettable,
    description="The account has no password: not taken yet, shut, or opened by WeChat.",
)
class AccountNotResettable(UserError):
    """See the domain."""


@error_type(errors.ResetCodeInvalid, description="The code is unknown, used or expired.")
class ResetCodeInvalid(UserError):
    """See the domain."""


ERRORS: tuple[type[UserError], ...] = (
    WeChatNotConfigured,
    WeChatCodeInvalid,
    WeChatTooFrequent,
    WeChatUserAtRisk,
    WeChatUnavailable,
    OpenidClaimed,
    AccountDisabled,
    PhoneNumberInvalid,
    ConsentRequired,
    TooManyBindings,
    BindingExists,
    BindingNotFound,
    BindingDecided,
    VerifyingOneself,
    ResidentOfAnotherHousehold,
    ResidentAlreadyClaimed,
    ReasonInvalid,
    ResetNotFound,
    ResetOfOneself,
    SecondPersonNeeded,
    SecretaryNeeded,
    AccountNotResettable,
    ResetCodeInvalid,
)
