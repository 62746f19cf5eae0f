"""A notice as WeChat takes it, field by field, and what WeChat's error numbers mean for it.

Source: developers.weixin.qq.com, 发送订阅消息 (sendMessage).
"""

from datetime import datetime, timedelta, timezone
from enum import StrEnum

import msgspec

from outreach.domain.notices.kinds import Template
from outreach.domain.notices.notifications import Notification
from outreach.domain.replies import DeliveryFailure

_CHINA = timezone(timedelta(hours=8))


class SubscribeMessage(msgspec.Struct, frozen=True, kw_only=True):
    """What goes to WeChat.

    Attributes:
        fields: by the names that the template has at WeChat.
    """

    template: Template
    page: str
    fields: dict[str, str]


class Verdict(StrEnum):
    """What to do after a refusal."""

    FAILED = "failed"
    LATER = "later"
    NO_GRANT = "no_grant"


class Answer(msgspec.Struct, frozen=True):
    """The meaning of one error number."""

    verdict: Verdict
    failure: DeliveryFailure


_MEANINGS: dict[int, tuple[Verdict, str, str]] = {
    -1: (Verdict.LATER, "WECHAT_BUSY", "微信系统繁忙，稍后会自动重试。"),
    40003: (Verdict.FAILED, "OPENID_INVALID", "微信不认识这位用户。"),
    40013: (Verdict.FAILED, "APP_ID_INVALID", "小程序的 AppID 不正确，请联系管理员。"),
    40037: (Verdict.FAILED, "TEMPLATE_INVALID", "小程序的订阅消息模板不正确，请联系管理员。"),
    40125: (Verdict.FAILED, "APP_SECRET_INVALID", "小程序的密钥不正确，请联系管理员。"),
    40164: (Verdict.FAILED, "IP_NOT_ALLOWED", "服务器地址不在小程序的白名单中，请联系管理员。"),
    41030: (Verdict.FAILED, "PAGE_INVALID", "小程序没有这条通知要打开的页面，请联系管理员。"),
    43101: (Verdict.NO_GRANT, "REFUSED_BY_PERSON", "居民没有或已取消这类订阅，通知留在小程序内。"),
    43107: (Verdict.FAILED, "SUBSCRIPTION_BANNED", "小程序的订阅消息能力已被微信封禁。"),
    43108: (Verdict.LATER, "TOO_FREQUENT", "同时发给这位居民的消息过多，稍后会自动重试。"),
    45009: (Verdict.LATER, "QUOTA_USED_UP", "今日调用微信接口的次数已用完，稍后会自动重试。"),
    45011: (Verdict.LATER, "TOO_FREQUENT", "调用微信接口过于频繁，稍后会自动重试。"),
    47003: (Verdict.FAILED, "ARGUMENT_INVALID", "微信拒绝了通知的内容，请联系管理员。"),
    48001: (Verdict.FAILED, "API_UNAUTHORIZED", "小程序没有发送订阅消息的权限，请联系管理员。"),
    48004: (Verdict.FAILED, "API_FORBIDDEN", "小程序的此接口已被微信封禁，请联系管理员。"),
}


def meaning_of(wechat_code: int) -> Answer:
    """What an error number of WeChat means for the notice that met it."""
    verdict, code, message = _MEANINGS.get(
        wechat_code,
        (Verdict.FAILED, "WECHAT_REFUSED", f"微信拒绝了这条通知（错误码 {wechat_code}）。"),
    )
    return Answer(verdict, DeliveryFailure(code, message, wechat_code))


def message_of(notification: Notification) -> SubscribeMessage:
    """A notice in the fields of its template."""
    words = notification.words
    fields = {"thing1": words.headline}
    if notification.template is Template.VOUCHER:
        amount_fen = words.amount_fen or 0
        fields["amount2"] = f"{amount_fen // 100}.{amount_fen % 100:02d}元"
    else:
        fields["phrase2"] = words.status
    fields["time3"] = _china_time(notification.happened_at)
    return SubscribeMessage(template=notification.template, page=notification.page, fields=fields)


def _china_time(at: datetime) -> str:
    china = at.astimezone(_CHINA)
    return f"{china.year}年{china.month}月{china.day}日 {china:%H:%M}"
