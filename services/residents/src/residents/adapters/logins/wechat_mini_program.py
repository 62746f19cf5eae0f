"""The community's mini-program at WeChat's servers."""

import re

import msgspec
import structlog
from wechat.client import WeChatClient
from wechat.credentials import AppCredentials
from wechat.failures import WeChatRefused, WeChatUnavailable
from wechat.logins import (
    CODE_TO_SESSION,
    LONGEST_CODE,
    Meaning,
    code_to_session,
    meaning_of,
)

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

_PHONE_NUMBER = "/wxa/business/getuserphonenumber"
_CHINA = "86"
_PHONE = re.compile(r"[0-9]{5,15}")
_MEANS: dict[Meaning, type[ResidentsError]] = {
    Meaning.CODE_INVALID: WeChatCodeInvalid,
    Meaning.TOO_FREQUENT: WeChatTooFrequent,
    Meaning.USER_AT_RISK: WeChatUserAtRisk,
    Meaning.NOT_CONFIGURED: WeChatNotConfigured,
    Meaning.AWAY: WeChatAway,
}
_log = structlog.stdlib.get_logger("residents.wechat")


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
        try:
            session = await code_to_session(self._client, app, code)
        except (WeChatRefused, WeChatUnavailable) as failure:
            raise _named(failure, CODE_TO_SESSION) from None
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
        if not 1 <= len(code) <= LONGEST_CODE:
            raise WeChatCodeInvalid
        return self._app


def _phone(info: _PhoneInfo) -> str:
    """As the archive writes it: a number of China's without the country's code."""
    number, country = info.purePhoneNumber, info.countryCode.lstrip("+")
    if not _PHONE.fullmatch(number) or not country.isdecimal():
        raise PhoneNotMobile
    return number if country == _CHINA else f"+{country}{number}"


def _named(failure: WeChatRefused | WeChatUnavailable, path: str) -> ResidentsError:
    meaning = meaning_of(failure)
    if meaning in (Meaning.AWAY, Meaning.NOT_CONFIGURED):
        _log.error("wechat does not say who it is", path=path, failure=str(failure))
    return _MEANS[meaning]()
