"""What recording a permission and reading notices can refuse."""

from outreach.domain.errors import OutreachError


class NotificationNotFound(OutreachError):
    """No such notice of this account's."""

    code = "NOTICE_NOT_FOUND"
    message = "没有找到这条通知。"


class IssueStepNotFound(OutreachError):
    """Nothing of this id has happened to an issue."""

    code = "ISSUE_STEP_NOT_FOUND"
    message = "没有找到这条进展。"


class FollowingNotFound(OutreachError):
    """The account never followed the issue."""

    code = "FOLLOWING_NOT_FOUND"
    message = "没有找到这条关注。"


class WeChatUserNotFound(OutreachError):
    """Nobody of WeChat's who ever allowed a message."""

    code = "WECHAT_USER_NOT_FOUND"
    message = "没有找到这位微信用户。"


class GrantNotFound(OutreachError):
    """No such permission."""

    code = "GRANT_NOT_FOUND"
    message = "没有找到这次订阅授权。"


class GrantSpent(OutreachError):
    """One permission is one message: this one was used up or taken back."""

    code = "GRANT_SPENT"
    message = "这次订阅授权已经用过或已失效。"


class TemplateUnknown(OutreachError):
    """The mini-program has no such template at WeChat."""

    code = "TEMPLATE_UNKNOWN"
    message = "小程序没有这种订阅消息，请刷新后重试。"


class OpenidClaimed(OutreachError):
    """Two people claim one openid: it is known as somebody else's."""

    code = "OPENID_CLAIMED"
    message = "该微信身份已属于另一位用户，请联系社区核实。"


class WeChatNotConfigured(OutreachError):
    """This installation has no mini-program, or WeChat does not know it by its secret."""

    code = "WECHAT_NOT_CONFIGURED"
    message = "尚未配置微信小程序，暂不能订阅微信通知，请联系社区。"


class WeChatCodeInvalid(OutreachError):
    """WeChat does not know the code: it is wrong, older than five minutes, or was used."""

    code = "WECHAT_CODE_INVALID"
    message = "微信登录信息无效或已过期，请重新打开小程序再试。"


class WeChatTooFrequent(OutreachError):
    """WeChat limits how often one person asks."""

    code = "WECHAT_TOO_FREQUENT"
    message = "操作过于频繁，请一分钟后再试。"


class WeChatUserAtRisk(OutreachError):
    """WeChat thinks that the person's account was taken over."""

    code = "WECHAT_USER_AT_RISK"
    message = "微信提示该微信号存在风险，暂时不能使用，请先在微信中解除。"


class WeChatAway(OutreachError):
    """There is no answer of WeChat's; the code may have been spent."""

    code = "WECHAT_UNAVAILABLE"
    message = "微信服务暂时没有响应，请稍后再试。"
