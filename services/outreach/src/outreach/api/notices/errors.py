"""The named errors of notices: each is one of the domain's."""

from chassis.graphql_errors import UserError, error_type

from outreach.domain import errors as outreach_errors
from outreach.domain.notices import errors


@error_type(errors.NotificationNotFound, description="No such notice of the caller's.")
class NoticeNotFound(UserError):
    """See the domain."""


@error_type(errors.TemplateUnknown, description="The mini-program has no such template at WeChat.")
class TemplateUnknown(UserError):
    """See the domain."""


@error_type(
    errors.OpenidClaimed, description="This WeChat user is known as another account's person."
)
class OpenidClaimed(UserError):
    """See the domain."""


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


@error_type(outreach_errors.PersonErased, description="The caller's personal data was erased.")
class PersonErased(UserError):
    """See the domain."""


NOTICE_ERRORS: list[type[UserError]] = [
    NoticeNotFound,
    TemplateUnknown,
    OpenidClaimed,
    WeChatNotConfigured,
    WeChatCodeInvalid,
    WeChatTooFrequent,
    WeChatUserAtRisk,
    WeChatUnavailable,
    PersonErased,
]
