"""The community's mini-program at WeChat's servers: who is there, and messages to phones."""

from collections.abc import Mapping

import msgspec
import structlog
from wechat.client import WeChatClient, WeChatSaid
from wechat.credentials import AppCredentials
from wechat.failures import WeChatRefused, WeChatUnavailable

from outreach.domain.errors import OutreachError
from outreach.domain.notices.errors import (
    WeChatAway,
    WeChatCodeInvalid,
    WeChatNotConfigured,
    WeChatTooFrequent,
    WeChatUserAtRisk,
)
from outreach.domain.notices.kinds import Template
from outreach.domain.notices.subscribe_messages import SubscribeMessage

_CODE_TO_SESSION = "/sns/jscode2session"
_SEND = "/cgi-bin/message/subscribe/send"
_LONGEST_CODE = 200
# https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html
_MEANINGS: dict[int, type[OutreachError]] = {
    40029: WeChatCodeInvalid,
    40163: WeChatCodeInvalid,
    45011: WeChatTooFrequent,
    40226: WeChatUserAtRisk,
    40013: WeChatNotConfigured,
    40125: WeChatNotConfigured,
}
_log = structlog.stdlib.get_logger("outreach.wechat")


class _Session(msgspec.Struct):
    """What is read of WeChat's answer; its session key is left where it is."""

    openid: str


class WeChatMiniProgram:
    """Asks WeChat; without an app it says so each time."""

    def __init__(
        self,
        client: WeChatClient,
        app: AppCredentials | None,
        template_ids: Mapping[Template, str],
    ) -> None:
        self._client = client
        self._app = app
        self._template_ids = template_ids

    @property
    def template_ids(self) -> Mapping[Template, str]:
        """By what names WeChat knows the templates that this installation has."""
        return self._template_ids

    async def close(self) -> None:
        """Close every connection."""
        await self._client.close()

    async def openid_of(self, code: str) -> str:
        """See `MiniProgram.openid_of`."""
        app = self._configured()
        if not 1 <= len(code) <= _LONGEST_CODE:
            raise WeChatCodeInvalid
        asked = {
            "appid": app.app_id,
            "secret": app.app_secret,
            "js_code": code,
            "grant_type": "authorization_code",
        }
        try:
            session = await self._client.get_without_token(_CODE_TO_SESSION, asked, _Session)
        except (WeChatRefused, WeChatUnavailable) as failure:
            raise _named(failure) from None
        return session.openid

    async def send(self, openid: str, message: SubscribeMessage) -> None:
        """See `MiniProgram.send`."""
        app = self._configured()
        template_id = self._template_ids.get(message.template)
        if template_id is None:
            raise WeChatNotConfigured
        said = {
            "touser": openid,
            "template_id": template_id,
            "page": message.page,
            "data": {name: {"value": value} for name, value in message.fields.items()},
            "miniprogram_state": "formal",
            "lang": "zh_CN",
        }
        await self._client.post(app, _SEND, said, WeChatSaid)

    def _configured(self) -> AppCredentials:
        if self._app is None:
            raise WeChatNotConfigured
        return self._app


def _named(failure: WeChatRefused | WeChatUnavailable) -> OutreachError:
    if isinstance(failure, WeChatUnavailable):
        _log.warning("wechat did not answer", path=_CODE_TO_SESSION, failure=type(failure).__name__)
        return WeChatAway()
    meaning = _MEANINGS.get(failure.wechat_code, WeChatAway)
    if meaning in (WeChatAway, WeChatNotConfigured):
        _log.error(
            "wechat refuses the mini-program", path=_CODE_TO_SESSION, code=failure.wechat_code
        )
    return meaning()
