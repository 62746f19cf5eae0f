"""Who opened the mini-program, by the code that it was given; and what a failure means."""

from datetime import UTC, datetime

import httpx
import pytest
from wechat.client import WeChatClient
from wechat.credentials import AppCredentials
from wechat.failures import (
    WeChatOutcomeUnknown,
    WeChatRefused,
    WeChatUnavailable,
    WeChatUnreachable,
)
from wechat.logins import CODE_TO_SESSION, Meaning, Session, code_to_session, meaning_of

APP = AppCredentials(app_id="wxb11529c136998cb6", app_secret="0123456789abcdef" * 2)
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


async def test_a_code_is_exchanged_for_its_person() -> None:
    asked: list[httpx.Request] = []

    def servers(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        answer = {"openid": "openid_1", "unionid": "union_1", "session_key": "kept-by-nobody"}
        return httpx.Response(200, json=answer)

    client = WeChatClient("https://wechat", lambda: NOW, transport=httpx.MockTransport(servers))
    assert await code_to_session(client, APP, "code_1") == Session("openid_1", "union_1")

    (request,) = asked
    assert request.url.path == CODE_TO_SESSION
    assert dict(request.url.params) == {
        "appid": APP.app_id,
        "secret": APP.app_secret,
        "js_code": "code_1",
        "grant_type": "authorization_code",
    }


@pytest.mark.parametrize(
    ("failure", "meaning"),
    [
        (WeChatRefused(40029), Meaning.CODE_INVALID),
        (WeChatRefused(40163), Meaning.CODE_INVALID),
        (WeChatRefused(45011), Meaning.TOO_FREQUENT),
        (WeChatRefused(40226), Meaning.USER_AT_RISK),
        (WeChatRefused(40125), Meaning.NOT_CONFIGURED),
        (WeChatRefused(-1), Meaning.AWAY),
        (WeChatUnreachable(), Meaning.AWAY),
        (WeChatOutcomeUnknown(), Meaning.AWAY),
    ],
)
def test_a_failure_means_one_thing(
    failure: WeChatRefused | WeChatUnavailable, meaning: Meaning
) -> None:
    assert meaning_of(failure) is meaning
