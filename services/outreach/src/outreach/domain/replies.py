"""A reply on its way to one person, and what came of it."""

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

REPLY_MAX_LENGTH = 600
MESSAGE_MAX_BYTES = 2048
CRASHED_AFTER = timedelta(seconds=30)
"""A send still under way after this long has lost its sender: calls are cut off far earlier."""
SETTLED_AFTER = timedelta(seconds=60)
"""What WeChat does not show this long after a send did not arrive."""
MESSAGE_WINDOW = timedelta(hours=48)
RETRY_AFTER = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
)
"""How long a refused attempt waits for the next; after the last one the reply has failed."""


class Delivery(StrEnum):
    """Where a reply is."""

    PENDING = "pending"
    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"


class DeliveryFailure(msgspec.Struct, frozen=True):
    """Why a reply did not arrive: a stable code, a sentence in zh-CN, WeChat's own number."""

    code: str
    message: str
    wechat_code: int | None = None


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What a member of staff answers.

    Attributes:
        text: None once the person's key has been destroyed.
        due_at: when a pending one is to be tried next.
        attempts: how often WeChat was called for it.
        with_link: whether it was last sent with a link to take the matter over by.
        failure: why it failed, or why the attempt before this one did.
    """

    text: str | None
    delivery: Delivery
    requested_by: str
    requested_at: datetime
    due_at: datetime | None
    attempts: int = 0
    with_link: bool = False
    sending_at: datetime | None = None
    delivered_at: datetime | None = None
    failure: DeliveryFailure | None = None


COMMENT_GONE = DeliveryFailure("COMMENT_DELETED", "这条留言已被删除，无法回复。")
"""There was a reply to send, and then no comment to send it to."""
NOT_SHOWN_BY_WECHAT = DeliveryFailure("NOT_SHOWN_BY_WECHAT", "微信中没有找到这条回复，请重新回复。")
"""An unknown send of which WeChat's list shows nothing."""
ANSWERED_ELSEWHERE = DeliveryFailure(
    "ANSWERED_ELSEWHERE", "这条留言已在微信后台由他人回复，内容与此不同。"
)
"""An unknown send where WeChat's list shows other words of ours."""
