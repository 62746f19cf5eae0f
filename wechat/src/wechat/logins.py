"""Who opened a mini-program: the code that it was given, turned into a person of WeChat's.

Source: https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html
"""

from enum import Enum, auto

import msgspec

from wechat.client import WeChatClient
from wechat.credentials import AppCredentials
from wechat.failures import WeChatRefused, WeChatUnavailable

CODE_TO_SESSION = "/sns/jscode2session"
LONGEST_CODE = 200


class Session(msgspec.Struct, frozen=True):
    """What is read of WeChat's answer; its session key is left where it is."""

    openid: str
    unionid: str | None = None


class Meaning(Enum):
    """What a failed call about a code means to whoever brought it."""

    CODE_INVALID = auto()
    TOO_FREQUENT = auto()
    USER_AT_RISK = auto()
    NOT_CONFIGURED = auto()
    AWAY = auto()


_MEANINGS = {
    40029: Meaning.CODE_INVALID,
    40163: Meaning.CODE_INVALID,
    45011: Meaning.TOO_FREQUENT,
    40226: Meaning.USER_AT_RISK,
    40013: Meaning.NOT_CONFIGURED,
    40125: Meaning.NOT_CONFIGURED,
}


async def code_to_session(client: WeChatClient, app: AppCredentials, code: str) -> Session:
    """Ask who brought the code; it is good once.

    Raises: WeChatRefused; WeChatUnavailable.
    """
    asked = {
        "appid": app.app_id,
        "secret": app.app_secret,
        "js_code": code,
        "grant_type": "authorization_code",
    }
    return await client.get_without_token(CODE_TO_SESSION, asked, Session)


def meaning_of(failure: WeChatRefused | WeChatUnavailable) -> Meaning:
    """Say what it means; a refusal that nobody foresaw is WeChat's being away."""
    if isinstance(failure, WeChatUnavailable):
        return Meaning.AWAY
    return _MEANINGS.get(failure.wechat_code, Meaning.AWAY)
