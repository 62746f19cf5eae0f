"""What WeChat's error numbers mean for a reply.

Source: developers.weixin.qq.com, 留言管理 (replycomment) and 客服消息 (sendCustomMessage).
"""

from enum import StrEnum

import msgspec

from outreach.domain.replies import DeliveryFailure


class Verdict(StrEnum):
    """What to do after an answer."""

    FAILED = "failed"
    GONE = "gone"
    LATER = "later"


class Answer(msgspec.Struct, frozen=True):
    """The meaning of one error number."""

    verdict: Verdict
    failure: DeliveryFailure


OPENID_INVALID = 40003

_MEANINGS: dict[int, tuple[Verdict, str, str]] = {
    -1: (Verdict.LATER, "WECHAT_BUSY", "微信系统繁忙，稍后会自动重试。"),
    OPENID_INVALID: (Verdict.FAILED, "OPENID_INVALID", "微信不认识这位用户，可能已取消关注。"),
    40013: (Verdict.FAILED, "APP_ID_INVALID", "公众号的 AppID 不正确，请联系书记检查渠道设置。"),
    40125: (Verdict.FAILED, "APP_SECRET_INVALID", "公众号的密钥不正确，请联系书记检查渠道设置。"),
    40164: (Verdict.FAILED, "IP_NOT_ALLOWED", "服务器地址不在公众号的白名单中，请联系管理员。"),
    43004: (Verdict.FAILED, "NOT_A_FOLLOWER", "对方没有关注公众号，无法收到回复。"),
    43019: (Verdict.FAILED, "PERSON_BLOCKED", "对方在公众号的黑名单中，无法收到回复。"),
    45002: (Verdict.FAILED, "REPLY_TOO_LONG", "回复内容超过微信的长度限制。"),
    45009: (Verdict.LATER, "QUOTA_USED_UP", "今日调用微信接口的次数已用完，稍后会自动重试。"),
    45011: (Verdict.LATER, "TOO_FREQUENT", "调用微信接口过于频繁，稍后会自动重试。"),
    45015: (Verdict.FAILED, "REPLY_WINDOW_CLOSED", "已超过微信允许的 48 小时回复时限。"),
    45047: (Verdict.FAILED, "TOO_MANY_REPLIES", "给对方的消息已达微信上限，需等对方再次留言。"),
    48001: (Verdict.FAILED, "API_UNAUTHORIZED", "公众号没有此接口的权限，请联系书记。"),
    48004: (Verdict.FAILED, "API_FORBIDDEN", "公众号的此接口已被微信封禁，请联系书记。"),
    48008: (Verdict.FAILED, "MESSAGE_TYPE_FORBIDDEN", "公众号没有发送此类消息的权限。"),
    87009: (Verdict.FAILED, "SIGNATURE_INVALID", "微信拒绝了这次调用的签名。"),
    87014: (Verdict.FAILED, "CONTENT_RISKY", "微信认为回复内容含有违规信息，请修改后重新回复。"),
    88000: (Verdict.FAILED, "NO_COMMENT_PRIVILEGE", "公众号没有留言功能的权限。"),
    88001: (Verdict.FAILED, "ARTICLE_UNKNOWN_TO_WECHAT", "微信中没有这篇文章。"),
    88002: (Verdict.FAILED, "ARTICLE_TOO_OLD", "文章已不允许操作留言。"),
    88003: (Verdict.FAILED, "ELECTED_LIMIT_REACHED", "精选留言数量已达微信上限。"),
    88004: (Verdict.GONE, "COMMENT_DELETED", "这条留言已被用户删除，无法回复。"),
    88005: (Verdict.FAILED, "ALREADY_REPLIED_IN_WECHAT", "这条留言在微信中已经有回复。"),
    88007: (Verdict.FAILED, "REPLY_LENGTH_REFUSED", "回复内容为空或超过微信的长度限制。"),
    88008: (Verdict.GONE, "COMMENT_DELETED", "这条留言已不存在，无法回复。"),
    88009: (Verdict.FAILED, "REPLY_NOT_FOUND", "微信中没有这条回复。"),
    88010: (Verdict.FAILED, "COUNT_REFUSED", "微信拒绝了查询的数量。"),
    88011: (Verdict.FAILED, "COMMENT_CLOSED", "文章的留言功能已关闭。"),
}


def meaning_of(wechat_code: int) -> Answer:
    """What an error number of WeChat means for the reply that met it."""
    verdict, code, message = _MEANINGS.get(
        wechat_code,
        (Verdict.FAILED, "WECHAT_REFUSED", f"微信拒绝了这条回复（错误码 {wechat_code}）。"),
    )
    return Answer(verdict, DeliveryFailure(code, message, wechat_code))


UNREACHABLE = DeliveryFailure("WECHAT_UNREACHABLE", "暂时无法连接微信，稍后会自动重试。")
"""The call did not reach WeChat: nothing was sent."""
