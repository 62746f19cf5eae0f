"""What came of a call: answered, certainly not done, or not known; and tokens renewed between."""

import json
from datetime import UTC, datetime, timedelta

import httpx
import msgspec
import pytest
from wechat.client import WeChatClient, WeChatSaid
from wechat.credentials import AppCredentials
from wechat.failures import WeChatOutcomeUnknown, WeChatRefused, WeChatUnreachable

APP = AppCredentials(app_id="wxb11529c136998cb6", app_secret="0123456789abcdef" * 2)
OK = {"errcode": 0, "errmsg": "ok"}
SEND = "/cgi-bin/message/custom/send"
WHO = "/cgi-bin/user/info"
SESSION = "/sns/jscode2session"
Answer = dict[str, object] | bytes | int | Exception
NO_CLEAR_ANSWER: list[Answer] = [
    httpx.ReadTimeout("no"),
    httpx.ReadError("no"),
    httpx.WriteError("no"),
    httpx.RemoteProtocolError("no"),
    502,
    404,
    b"<html>",
    b'{"errcode": "\xff"}',
    b"[]",
]


class Person(msgspec.Struct):
    openid: str
    subscribe: int


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


class Servers:
    """WeChat's servers, answering what a test says; a token request is answered by a new token.

    Attributes:
        calls: everything but token requests.
        forced: of each token request, whether a new token was demanded.
    """

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.token_answers: list[Answer] = []
        self.calls: list[httpx.Request] = []
        self.forced: list[bool] = []
        self.renews_plainly = True

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/cgi-bin/stable_token":
            self.forced.append(json.loads(request.content)["force_refresh"])
            if self.token_answers:
                return _response(self.token_answers.pop(0))
            return _response({"access_token": self._token(), "expires_in": 7200})
        self.calls.append(request)
        return _response(self.answers.pop(0) if self.answers else OK)

    @property
    def tokens(self) -> list[str]:
        return [call.url.params["access_token"] for call in self.calls]

    def _token(self) -> str:
        if self.renews_plainly:
            return f"token-{len(self.forced)}"
        return f"token-{sum(self.forced)}"


def _response(answer: Answer) -> httpx.Response:
    match answer:
        case Exception():
            raise answer
        case bytes():
            return httpx.Response(200, content=answer)
        case int():
            return httpx.Response(answer, json=OK)
    return httpx.Response(200, json=answer)


@pytest.fixture
def servers() -> Servers:
    return Servers()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(servers: Servers, clock: Clock) -> WeChatClient:
    return WeChatClient("https://wechat", clock, transport=httpx.MockTransport(servers))


async def send(client: WeChatClient, app: AppCredentials = APP) -> None:
    await client.post(app, SEND, {"text": "好"}, WeChatSaid)


async def test_what_is_posted_is_written_in_plain_characters(
    client: WeChatClient, servers: Servers
) -> None:
    await client.post(APP, SEND, {"text": "马上去👍"}, WeChatSaid)

    (call,) = servers.calls
    assert (call.method, call.url.path) == ("POST", SEND)
    assert call.content == '{"text":"马上去👍"}'.encode()


async def test_what_is_asked_is_read_into_the_class_that_was_named(
    client: WeChatClient, servers: Servers
) -> None:
    servers.answers = [{"subscribe": "1", "openid": "openid_1", "remark": ""}]

    person = await client.get(APP, WHO, {"openid": "openid_1", "lang": "zh_CN"}, Person)

    (call,) = servers.calls
    assert person == Person(openid="openid_1", subscribe=1)
    assert call.method == "GET"
    assert dict(call.url.params) == {
        "access_token": "token-1",
        "openid": "openid_1",
        "lang": "zh_CN",
    }


async def test_who_names_himself_in_the_query_needs_no_token(
    client: WeChatClient, servers: Servers
) -> None:
    servers.answers = [{"openid": "openid_1", "subscribe": 0}]

    await client.get_without_token(SESSION, {"appid": APP.app_id, "js_code": "x&y"}, Person)

    assert servers.forced == []
    assert dict(servers.calls[0].url.params) == {"appid": APP.app_id, "js_code": "x&y"}


async def test_an_error_number_is_a_refusal(client: WeChatClient, servers: Servers) -> None:
    servers.answers = [{"errcode": 45015, "errmsg": "response out of time limit"}]

    with pytest.raises(WeChatRefused) as refused:
        await send(client)

    assert refused.value.wechat_code == 45015
    assert len(servers.calls) == 1


@pytest.mark.parametrize(
    "failure", [httpx.ConnectError("no"), httpx.ConnectTimeout("no"), httpx.PoolTimeout("no")]
)
async def test_what_was_never_sent_is_certain_not_to_have_happened(
    failure: Exception, client: WeChatClient, servers: Servers
) -> None:
    servers.answers = [failure]

    with pytest.raises(WeChatUnreachable):
        await send(client)


@pytest.mark.parametrize("answer", NO_CLEAR_ANSWER)
async def test_without_a_clear_answer_it_is_not_known_and_not_sent_again(
    answer: Answer, client: WeChatClient, servers: Servers
) -> None:
    servers.answers = [answer]

    with pytest.raises(WeChatOutcomeUnknown):
        await send(client)

    assert len(servers.calls) == 1


@pytest.mark.parametrize("answer", NO_CLEAR_ANSWER)
async def test_a_question_without_a_clear_answer_has_changed_nothing(
    answer: Answer, client: WeChatClient, servers: Servers
) -> None:
    servers.answers = [answer, answer]

    with pytest.raises(WeChatUnreachable):
        await client.get(APP, WHO, {"openid": "openid_1"}, Person)
    with pytest.raises(WeChatUnreachable):
        await client.get_without_token(SESSION, {"js_code": "code"}, Person)

    assert len(servers.calls) == 2


@pytest.mark.parametrize("answer", [httpx.ReadTimeout("no"), 502, b"<html>"])
async def test_without_a_token_nothing_has_happened(
    answer: Answer, client: WeChatClient, servers: Servers
) -> None:
    servers.token_answers = [answer]

    with pytest.raises(WeChatUnreachable):
        await send(client)

    assert servers.calls == []


async def test_a_wrong_secret_is_a_refusal(client: WeChatClient, servers: Servers) -> None:
    servers.token_answers = [{"errcode": 40125, "errmsg": "invalid appsecret"}]

    with pytest.raises(WeChatRefused) as refused:
        await send(client)

    assert refused.value.wechat_code == 40125


async def test_no_failure_says_what_was_sent_or_answered(
    client: WeChatClient, servers: Servers
) -> None:
    answers: list[Answer] = [b'{"openid": "openid_1", "subscribe": "secret"}', 502]
    for answer in answers:
        servers.answers = [answer]
        with pytest.raises(WeChatUnreachable) as failed:
            await client.get(APP, WHO, {"openid": "openid_1"}, Person)
        said = f"{failed.value!r} {failed.value.__cause__!r}"
        assert "openid_1" not in said
        assert "secret" not in said
    assert APP.app_secret not in repr(APP)


async def test_a_token_is_kept_until_shortly_before_its_end(
    client: WeChatClient, servers: Servers, clock: Clock
) -> None:
    for _ in range(3):
        await send(client)
    clock.at += timedelta(seconds=7200 - 300)
    await send(client)

    assert servers.tokens == ["token-1"] * 3 + ["token-2"]


@pytest.mark.parametrize("wechat_code", [40001, 40014, 42001])
async def test_a_refused_token_is_replaced_and_the_call_made_once_more(
    wechat_code: int, client: WeChatClient, servers: Servers
) -> None:
    servers.answers = [{"errcode": wechat_code, "errmsg": "invalid credential"}]

    await send(client)

    assert servers.tokens == ["token-1", "token-2"]
    assert servers.forced == [False, False]


async def test_only_a_token_that_wechat_itself_holds_good_is_forced_out(
    client: WeChatClient, servers: Servers
) -> None:
    servers.renews_plainly = False
    servers.answers = [{"errcode": 40001, "errmsg": "invalid credential"}]

    await send(client)

    assert servers.tokens == ["token-0", "token-1"]
    assert servers.forced == [False, False, True]


async def test_a_token_refused_twice_is_a_refusal(client: WeChatClient, servers: Servers) -> None:
    servers.answers = [{"errcode": 40001, "errmsg": "x"}, {"errcode": 40001, "errmsg": "x"}]

    with pytest.raises(WeChatRefused):
        await send(client)

    assert len(servers.calls) == 2


async def test_a_token_is_never_shared_with_who_does_not_have_the_secret() -> None:
    """An AppID can be read by anybody: a second community may have made up the rest."""
    used: list[str] = []

    def wechat(request: httpx.Request) -> httpx.Response:
        if request.url.path != "/cgi-bin/stable_token":
            used.append(request.url.params["access_token"])
            return httpx.Response(200, json=OK)
        if json.loads(request.content)["secret"] != APP.app_secret:
            return httpx.Response(200, json={"errcode": 40125, "errmsg": "invalid appsecret"})
        return httpx.Response(200, json={"access_token": "of the owner", "expires_in": 7200})

    client = WeChatClient("https://wechat", Clock(), transport=httpx.MockTransport(wechat))
    await send(client)

    with pytest.raises(WeChatRefused) as refused:
        await send(client, AppCredentials(app_id=APP.app_id, app_secret="f" * 32))

    assert refused.value.wechat_code == 40125
    assert used == ["of the owner"]
