"""The named errors of merchants as the graph shows them."""

from chassis.graphql_errors import UserError, error_type

from vouchers.domain.merchants import errors


@error_type(errors.MerchantNotFound, description="No such merchant within the caller's reach.")
class MerchantNotFound(UserError):
    """See the domain."""


@error_type(
    errors.CreditCodeInvalid,
    description="Not a unified social credit code: eighteen characters, the last a check.",
)
class CreditCodeInvalid(UserError):
    """See the domain."""


@error_type(errors.CreditCodeTaken, description="The community has a merchant of this code.")
class CreditCodeTaken(UserError):
    """See the domain."""


@error_type(
    errors.MerchantNameInvalid,
    description="The name of a merchant or store is empty or longer than 60 characters.",
)
class MerchantNameInvalid(UserError):
    """See the domain."""


@error_type(
    errors.StoreAddressInvalid, description="An address is empty or longer than 120 characters."
)
class StoreAddressInvalid(UserError):
    """See the domain."""


@error_type(
    errors.MerchantContactInvalid,
    description="The contact's name is empty or too long, or their phone cannot be one.",
)
class MerchantContactInvalid(UserError):
    """See the domain."""


@error_type(
    errors.PayeeAccountInvalid,
    description="The account is not 8 to 32 digits, or its name is empty or too long.",
)
class PayeeAccountInvalid(UserError):
    """See the domain."""


@error_type(errors.TooManyStores, description="A merchant has at most 50 stores.")
class TooManyStores(UserError):
    """See the domain."""


@error_type(
    errors.SuspensionReasonInvalid, description="The reason is not 4 to 200 characters long."
)
class SuspensionReasonInvalid(UserError):
    """See the domain."""


@error_type(errors.MerchantNotWaiting, description="The merchant does not wait for approval.")
class MerchantNotWaiting(UserError):
    """See the domain."""


@error_type(
    errors.MerchantNotApproved, description="The merchant is not approved, or is suspended."
)
class MerchantNotApproved(UserError):
    """See the domain."""


@error_type(errors.MerchantNotSuspended, description="The merchant is not suspended.")
class MerchantNotSuspended(UserError):
    """See the domain."""


ERRORS: tuple[type[UserError], ...] = (
    MerchantNotFound,
    CreditCodeInvalid,
    CreditCodeTaken,
    MerchantNameInvalid,
    StoreAddressInvalid,
    MerchantContactInvalid,
    PayeeAccountInvalid,
    TooManyStores,
    SuspensionReasonInvalid,
    MerchantNotWaiting,
    MerchantNotApproved,
    MerchantNotSuspended,
)
