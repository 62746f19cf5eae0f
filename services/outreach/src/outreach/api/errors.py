"""The named errors of the graph: each is one of the domain's."""

from chassis.graphql_errors import UserError, error_type

from outreach.domain import errors


@error_type(errors.ChannelNotFound, description="No such channel in the caller's community.")
class ChannelNotFound(UserError):
    """See the domain."""


@error_type(
    errors.ChannelAlreadyRegistered,
    description="This official account is already an active channel of the community.",
)
class ChannelAlreadyRegistered(UserError):
    """See the domain."""


@error_type(errors.ChannelArchived, description="The channel is out of use.")
class ChannelArchived(UserError):
    """See the domain."""


@error_type(
    errors.OfficialAccountInvalid,
    description="An official account's credentials are missing, superfluous or malformed.",
)
class OfficialAccountInvalid(UserError):
    """See the domain."""


@error_type(errors.NotAnOfficialAccount, description="Only an official account publishes articles.")
class NotAnOfficialAccount(UserError):
    """See the domain."""


@error_type(errors.NameInvalid, description="The name is empty or too long.")
class NameInvalid(UserError):
    """See the domain."""


@error_type(
    errors.ArticleAlreadyRegistered,
    description="This article of WeChat's is already registered for the account.",
)
class ArticleAlreadyRegistered(UserError):
    """See the domain."""


@error_type(
    errors.ArticleInvalid,
    description="The title, the address, WeChat's id or the time of an article is not usable.",
)
class ArticleInvalid(UserError):
    """See the domain."""


@error_type(errors.CommentNotFound, description="No such comment in the caller's community.")
class CommentNotFound(UserError):
    """See the domain."""


@error_type(errors.CommentDeleted, description="The person took the comment back.")
class CommentDeleted(UserError):
    """See the domain."""


@error_type(errors.ReplyEmpty, description="The reply says nothing.")
class ReplyEmpty(UserError):
    """See the domain."""


@error_type(errors.ReplyTooLong, description="WeChat would refuse a reply of this length.")
class ReplyTooLong(UserError):
    """See the domain."""


@error_type(errors.AlreadyReplied, description="A reply is delivered or on its way.")
class AlreadyReplied(UserError):
    """See the domain."""


@error_type(
    errors.ReplyUndetermined,
    description="Whether the last reply arrived is still being found out from WeChat.",
)
class ReplyUndetermined(UserError):
    """See the domain."""


@error_type(
    errors.ReplyWindowClosed,
    description="WeChat lets an account answer a message for 48 hours only.",
)
class ReplyWindowClosed(UserError):
    """See the domain."""


@error_type(
    errors.JoinCodeInvalid,
    description="No comment can be taken over by this code: unknown, used or expired.",
)
class JoinCodeInvalid(UserError):
    """See the domain."""


ERRORS: list[type[UserError]] = [
    ChannelNotFound,
    ChannelAlreadyRegistered,
    ChannelArchived,
    OfficialAccountInvalid,
    NotAnOfficialAccount,
    NameInvalid,
    ArticleAlreadyRegistered,
    ArticleInvalid,
    CommentNotFound,
    CommentDeleted,
    ReplyEmpty,
    ReplyTooLong,
    AlreadyReplied,
    ReplyUndetermined,
    ReplyWindowClosed,
    JoinCodeInvalid,
]
