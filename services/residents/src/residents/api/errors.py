"""The named errors as the graph shows them."""

from datetime import datetime

import strawberry
from chassis.graphql_errors import RequestIdReused, UserError, error_type

from residents.domain import errors


@error_type(
    errors.LoginRefused,
    description="Username, password or code is wrong, or may not log in. It never says which.",
)
class LoginRefused(UserError):
    """See the domain."""


@error_type(
    errors.AccountLocked,
    description="Too many failed attempts for this username, whether anybody has it or not, "
    "or from this address.",
)
class AccountLocked(UserError):
    """See the domain."""

    locked_until: datetime = strawberry.field(description="When one may try again.")


@error_type(errors.SessionEnded, description="The session is over: log in again.")
class SessionEnded(UserError):
    """See the domain."""


@error_type(errors.SessionNotFound, description="No such session that the caller may end.")
class SessionNotFound(UserError):
    """See the domain."""


@error_type(errors.AccountNotFound, description="No such account in the caller's community.")
class AccountNotFound(UserError):
    """See the domain."""


@error_type(errors.CommunityNotFound, description="No such community.")
class CommunityNotFound(UserError):
    """See the domain."""


@error_type(errors.InvitationNotOpen, description="The account does not wait for its person.")
class InvitationNotOpen(UserError):
    """See the domain."""


@error_type(errors.UsernameTaken, description="Somebody else has, or is to have, this username.")
class UsernameTaken(UserError):
    """See the domain."""


@error_type(
    errors.UsernameInvalid,
    description="Not 3 to 32 lower-case letters, digits, dots, underscores and dashes.",
)
class UsernameInvalid(UserError):
    """See the domain."""


@error_type(errors.NameInvalid, description="A name is empty or longer than 50 characters.")
class NameInvalid(UserError):
    """See the domain."""


@error_type(
    errors.RoleBeyondScope,
    description="The caller may not give this role, or not for this part of the community.",
)
class RoleBeyondScope(UserError):
    """See the domain."""


@error_type(errors.InvitationInvalid, description="The code is unknown, used or expired.")
class InvitationInvalid(UserError):
    """See the domain."""


@error_type(
    errors.PasswordTooWeak,
    description="The password is not 10 to 128 characters long, is common, or is the username.",
)
class PasswordTooWeak(UserError):
    """See the domain."""


@error_type(errors.OwnAccount, description="Nobody disables the account that they work with.")
class OwnAccount(UserError):
    """See the domain."""


ERRORS: tuple[type[UserError], ...] = (
    LoginRefused,
    AccountLocked,
    SessionEnded,
    SessionNotFound,
    AccountNotFound,
    CommunityNotFound,
    InvitationNotOpen,
    UsernameTaken,
    UsernameInvalid,
    NameInvalid,
    RoleBeyondScope,
    InvitationInvalid,
    PasswordTooWeak,
    OwnAccount,
    RequestIdReused,
)
