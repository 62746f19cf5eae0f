"""The community's mini-program at WeChat's servers."""

import re

import msgspec
import structlog
from wechat.client import WeChatClient
from wechat.credentials import AppCredentials
from wechat.failures import WeChatRefused, WeChatUnavailable

from residents.application.logins.ports import WeChatPerson
from residents.domain.errors import ResidentsError
from residents.domain.logins.errors import (
    PhoneNotMobile,
    WeChatAway,
    WeChatCodeInvalid,
    WeChatNotConfigured,
    WeChatTooFrequent,
    WeChatUserAtRisk,
)

_CODE_TO_SESSION = "/sns/jscode2session"
_PHONE_NUMBER = "/wxa/business/getuserphonenumber"
_CHINA = "86"
_PHONE = re.compile(r"[0-9]{5,15}")
_LONGEST_CODE = 200
# https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html
_MEANINGS: dict[int, type[ResidentsError]] = {
    40029: WeChatCodeInvalid,
    40163: WeChatCodeInvalid,
    45011: WeChatTooFrequent,
    40226: WeChatUserAtRisk,
    40013: WeChatNotConfigured,
    40125: WeChatNotConfigured,
}
_log = structlog.stdlib.get_logger("residents.wechat")


class _Session(msgspec.Struct):
    """What is read of WeChat's answer; its session key is left where it is."""

    openid: str
    unionid: str | None = None


class _PhoneInfo(msgspec.Struct):
    purePhoneNumber: str  # noqa: N815 (WeChat's word)
    countryCode: str  # noqa: N815 (WeChat's word)


class _GivenPhone(msgspec.Struct):
    phone_info: _PhoneInfo


class WeChatMiniProgram:
    """Asks WeChat; without an app it says so each time."""

    def __init__(self, client: WeChatClient, app: AppCredentials | None) -> None:
        self._client = client
        self._app = app

    async def close(self) -> None:
        """Close every connection."""
        await self._client.close()

    async def person_of(self, code: str) -> WeChatPerson:
        """See `MiniProgram.person_of`."""
        app = self._configured(code)
        asked = {
            "appid": app.app_id,
            "secret": app.app_secret,
            "js_code": code,
            "grant_type": "authorization_code",
        }
        try:
            session = await self._client.get_without_token(_CODE_TO_SESSION, asked, _Session)
        except (WeChatRefused, WeChatUnavailable) as failure:
            raise _named(failure, _CODE_TO_SESSION) from None
        return WeChatPerson(app.app_id, session.openid, session.unionid)

    async def phone_of(self, code: str) -> str:
        """See `MiniProgram.phone_of`."""
        app = self._configured(code)
        try:
            given = await self._client.post(app, _PHONE_NUMBER, {"code": code}, _GivenPhone)
        except (WeChatRefused, WeChatUnavailable) as failure:
            raise _named(failure, _PHONE_NUMBER) from None
        return _phone(given.phone_info)

    def _configured(self, code: str) -> AppCredentials:
        if self._app is None:
            raise WeChatNotConfigured
        if not 1 <= len(code) <= _LONGEST_CODE:
            raise WeChatCodeInvalid
        return self._app


def _phone(info: _PhoneInfo) -> str:
    """As the archive writes it: a number of China's without the country's code."""
    number, country = info.purePhoneNumber, info.countryCode.lstrip("+")
    if not _PHONE.fullmatch(number) or not country.isdecimal():
        raise PhoneNotMobile
    return number if country == _CHINA else f"+{country}{number}"


def _named(failure: WeChatRefused | WeChatUnavailable, path: str) -> ResidentsError:
    if isinstance(failure, WeChatUnavailable):
        _log.warning("wechat did not answer", path=path, failure=type(failure).__name__)
        return WeChatAway()
    meaning = _MEANINGS.get(failure.wechat_code, WeChatAway)
    if meaning in (WeChatAway, WeChatNotConfigured):
        _log.error("wechat refuses the mini-program", path=path, code=failure.wechat_code)
    return meaning()
