"""Everything that may be refused, by name. `code` is the contract, `message` is for the person."""

from typing import ClassVar


class OutreachError(Exception):
    """An expected refusal; nothing was changed."""

    code: ClassVar[str]
    message: ClassVar[str]


class ChannelNotFound(OutreachError):
    """No such channel in this community."""

    code = "CHANNEL_NOT_FOUND"
    message = "没有找到这个渠道。"


class ChannelAlreadyRegistered(OutreachError):
    """This official account is already an active channel of the community."""

    code = "CHANNEL_ALREADY_REGISTERED"
    message = "这个公众号已经登记过了。"


class ChannelArchived(OutreachError):
    """The channel is out of use."""

    code = "CHANNEL_ARCHIVED"
    message = "这个渠道已停用。"


class OfficialAccountInvalid(OutreachError):
    """The credentials of an official account are missing or not of WeChat's form."""

    code = "OFFICIAL_ACCOUNT_INVALID"
    message = "公众号的接入信息不完整或格式不对，请对照微信公众平台检查。"


class NotAnOfficialAccount(OutreachError):
    """Only an official account publishes articles."""

    code = "NOT_AN_OFFICIAL_ACCOUNT"
    message = "只有公众号渠道才能登记文章。"


class NameInvalid(OutreachError):
    """A name is empty or too long."""

    code = "NAME_INVALID"
    message = "名称不能为空，也不能超过 60 个字。"


class ArticleNotFound(OutreachError):
    """No such article in this community."""

    code = "ARTICLE_NOT_FOUND"
    message = "没有找到这篇文章。"


class ArticleAlreadyRegistered(OutreachError):
    """The community knows this article of the account already, by whichever channel."""

    code = "ARTICLE_ALREADY_REGISTERED"
    message = "这篇文章已经登记过了。"


class ArticleInvalid(OutreachError):
    """The title, the address or WeChat's id of an article is not usable."""

    code = "ARTICLE_INVALID"
    message = "文章的标题、链接、编号或发布时间有误，请检查后重试。"


class CommentNotFound(OutreachError):
    """No such comment in this community."""

    code = "COMMENT_NOT_FOUND"
    message = "没有找到这条留言。"


class CommenterNotFound(OutreachError):
    """Nobody of this community who ever wrote."""

    code = "COMMENTER_NOT_FOUND"
    message = "没有找到这位留言人。"


class BoundAccountNotFound(OutreachError):
    """No account of this community that was ever bound."""

    code = "BOUND_ACCOUNT_NOT_FOUND"
    message = "没有找到这个账号。"


class CommentDeleted(OutreachError):
    """The person took the comment back; nothing can be said under it any more."""

    code = "COMMENT_DELETED"
    message = "这条留言已被删除，无法回复。"


class PersonErased(OutreachError):
    """Who wrote this was erased: nothing of theirs is kept any more."""

    code = "PERSON_ERASED"
    message = "对方的信息已按要求清除。"


class ReplyEmpty(OutreachError):
    """A reply says something."""

    code = "REPLY_EMPTY"
    message = "回复内容不能为空。"


class ReplyTooLong(OutreachError):
    """WeChat would refuse a reply of this length."""

    code = "REPLY_TOO_LONG"
    message = "回复内容太长，请控制在 600 字以内。"


class AlreadyReplied(OutreachError):
    """A reply is delivered or on its way."""

    code = "ALREADY_REPLIED"
    message = "这条留言已经回复过了。"


class ReplyUndetermined(OutreachError):
    """Whether the last reply arrived is still being found out from WeChat."""

    code = "REPLY_UNDETERMINED"
    message = "上一条回复是否送达还在核对，请稍后再试。"


class ReplyWindowClosed(OutreachError):
    """WeChat lets an account answer a message for 48 hours only."""

    code = "REPLY_WINDOW_CLOSED"
    message = "已超过微信允许的 48 小时回复时限，请改用其他方式联系。"


class JoinCodeInvalid(OutreachError):
    """No comment can be taken over by this code: unknown, used and expired look alike."""

    code = "JOIN_CODE_INVALID"
    message = "认领码不正确、已被使用或已过期。"


class CallbackRefused(OutreachError):
    """A call to the WeChat callback that did not come from WeChat, or not now."""


class CallbackUnsigned(CallbackRefused):
    """No signature, or not in secure mode."""

    code = "CALLBACK_UNSIGNED"
    message = "回调缺少签名或未加密。"


class CallbackSignatureInvalid(CallbackRefused):
    """The signature does not fit the token and what was sent."""

    code = "CALLBACK_SIGNATURE_INVALID"
    message = "回调签名不正确。"


class CallbackStale(CallbackRefused):
    """Signed more than ten minutes ago or ahead."""

    code = "CALLBACK_STALE"
    message = "回调时间已过期。"


class CallbackUnreadable(CallbackRefused):
    """Signed, but it cannot be decrypted, is for another account, or is not a message."""

    code = "CALLBACK_UNREADABLE"
    message = "回调内容无法解密或读取。"
