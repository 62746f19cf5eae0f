"""What WeChat answers, as this service understands it; what it keeps to itself."""

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from residents.adapters.logins.wechat_mini_program import WeChatMiniProgram
from residents.domain.errors import ResidentsError
from residents.domain.logins.errors import (
    PhoneNotMobile,
    WeChatAway,
    WeChatCodeInvalid,
    WeChatNotConfigured,
    WeChatTooFrequent,
    WeChatUserAtRisk,
)
from wechat.client import WeChatClient
from wechat.credentials import AppCredentials

APP = AppCredentials("wx5f0d2b7c91e34a68", "fedcba9876543210fedcba9876543210")
CODES = [
    (40029, WeChatCodeInvalid),
    (40163, WeChatCodeInvalid),
    (45011, WeChatTooFrequent),
    (40226, WeChatUserAtRisk),
    (40013, WeChatNotConfigured),
    (40125, WeChatNotConfigured),
    (-1, WeChatAway),
    (99999, WeChatAway),
]


class WeChat:
    """Answers as a test says, and remembers what it was asked."""

    def __init__(self, **answers: Any) -> None:
        self._answers = answers
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if request.url.path == "/cgi-bin/stable_token":
            return httpx.Response(200, json={"access_token": "token", "expires_in": 7200})
        answer = self._answers[request.url.path.rsplit("/", 1)[-1]]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(200, json=answer)


def mini_program(wechat: WeChat, app: AppCredentials | None = APP) -> WeChatMiniProgram:
    client = WeChatClient(
        "https://wechat.test",
        lambda: datetime(2026, 11, 23, tzinfo=UTC),
        transport=httpx.MockTransport(wechat),
    )
    return WeChatMiniProgram(client, app)


async def test_who_comes_is_openid_and_unionid_and_no_session_key() -> None:
    session = {"openid": "o-1", "unionid": "u-1", "session_key": "never to be kept"}
    person = await mini_program(WeChat(jscode2session=session)).person_of("code")

    assert (person.app_id, person.openid, person.unionid) == (APP.app_id, "o-1", "u-1")
    assert "never to be kept" not in str(vars(type(person))) + repr(person)
    assert "o-1" not in repr(person)


async def test_without_an_open_platform_there_is_no_unionid() -> None:
    person = await mini_program(WeChat(jscode2session={"openid": "o-1"})).person_of("code")

    assert person.unionid is None


@pytest.mark.parametrize(("code", "error"), CODES)
async def test_a_refusal_is_named(code: int, error: type[ResidentsError]) -> None:
    refusing = mini_program(
        WeChat(
            jscode2session={"errcode": code, "errmsg": "x"},
            getuserphonenumber={"errcode": code, "errmsg": "x"},
        )
    )

    with pytest.raises(error):
        await refusing.person_of("code")
    with pytest.raises(error):
        await refusing.phone_of("code")


@pytest.mark.parametrize("answer", [httpx.ReadTimeout("x"), httpx.ConnectError("x"), {"a": 1}])
async def test_no_answer_of_wechats_form_is_none(answer: object) -> None:
    away = mini_program(WeChat(jscode2session=answer, getuserphonenumber=answer))

    with pytest.raises(WeChatAway):
        await away.person_of("code")
    with pytest.raises(WeChatAway):
        await away.phone_of("code")


@pytest.mark.parametrize("code", ["", "长" * 201])
async def test_what_is_no_code_is_not_asked_for(code: str) -> None:
    wechat = WeChat()

    with pytest.raises(WeChatCodeInvalid):
        await mini_program(wechat).person_of(code)
    assert wechat.asked == []


async def test_without_a_mini_program_nothing_is_asked() -> None:
    wechat = WeChat()
    nobodys = mini_program(wechat, app=None)

    with pytest.raises(WeChatNotConfigured):
        await nobodys.person_of("code")
    with pytest.raises(WeChatNotConfigured):
        await nobodys.phone_of("code")
    assert wechat.asked == []


@pytest.mark.parametrize(
    ("pure", "country", "kept"),
    [
        ("17337406812", "86", "17337406812"),
        ("17337406812", "+86", "17337406812"),
        ("91234567", "852", "+85291234567"),
    ],
)
async def test_a_number_is_as_the_archive_writes_it(pure: str, country: str, kept: str) -> None:
    info = {"phoneNumber": "x", "purePhoneNumber": pure, "countryCode": country}
    wechat = WeChat(getuserphonenumber={"errcode": 0, "phone_info": info})

    assert await mini_program(wechat).phone_of("code") == kept
    assert json.loads(wechat.asked[-1].content) == {"code": "code"}


@pytest.mark.parametrize(("pure", "country"), [("", "86"), ("1733740x812", "86"), ("12345", "中")])
async def test_what_is_no_number_is_named(pure: str, country: str) -> None:
    info = {"phoneNumber": "x", "purePhoneNumber": pure, "countryCode": country}
    wechat = WeChat(getuserphonenumber={"errcode": 0, "phone_info": info})

    with pytest.raises(PhoneNotMobile):
        await mini_program(wechat).phone_of("code")
