"""The community's mini-program at WeChat's servers: who is there, and messages to phones."""

from collections.abc import Mapping

import structlog
from wechat.client import WeChatClient, WeChatSaid
from wechat.credentials import AppCredentials
from wechat.failures import WeChatRefused, WeChatUnavailable
from wechat.logins import (
    CODE_TO_SESSION,
    LONGEST_CODE,
    Meaning,
    code_to_session,
    meaning_of,
)

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

_SEND = "/cgi-bin/message/subscribe/send"
_MEANS: dict[Meaning, type[OutreachError]] = {
    Meaning.CODE_INVALID: WeChatCodeInvalid,
    Meaning.TOO_FREQUENT: WeChatTooFrequent,
    Meaning.USER_AT_RISK: WeChatUserAtRisk,
    Meaning.NOT_CONFIGURED: WeChatNotConfigured,
    Meaning.AWAY: WeChatAway,
}
_log = structlog.stdlib.get_logger("outreach.wechat")


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
        if not 1 <= len(code) <= LONGEST_CODE:
            raise WeChatCodeInvalid
        try:
            return (await code_to_session(self._client, app, code)).openid
        except (WeChatRefused, WeChatUnavailable) as failure:
            raise _named(failure) from None

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
    meaning = meaning_of(failure)
    if meaning in (Meaning.AWAY, Meaning.NOT_CONFIGURED):
        _log.error("wechat does not say who it is", path=CODE_TO_SESSION, failure=str(failure))
    return _MEANS[meaning]()
