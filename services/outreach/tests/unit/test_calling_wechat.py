"""What came of a call: done, certainly not done, or not known; and tokens renewed in between."""

import json
from datetime import UTC, datetime

import httpx
import msgspec
import pytest
from chassis.testing import FrozenClock
from outreach.adapters.wechat_http import HttpWeChat
from outreach.application.ports import (
    ListedComment,
    WeChatOutcomeUnknown,
    WeChatRefused,
    WeChatUnreachable,
)
from outreach.domain.channels import OfficialAccount
from outreach.domain.comments import ArticlePlace

PLACE = ArticlePlace(message_data_id=2247483650, index=1, user_comment_id=7)
OK = {"errcode": 0, "errmsg": "ok"}
Answer = dict[str, object] | bytes | int | Exception


class Servers:
    """WeChat's servers, answering what a test says; a token request is answered by a new token.

    Attributes:
        calls: (path, token, body) of everything but token requests.
        forced: of each token request, whether a new token was demanded.
    """

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.token_answers: list[Answer] = []
        self.calls: list[tuple[str, str, dict[str, object]]] = []
        self.bodies: list[bytes] = []
        self.forced: list[bool] = []
        self.renews_plainly = True

    def __call__(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        if request.url.path == "/cgi-bin/stable_token":
            self.forced.append(body["force_refresh"])
            if self.token_answers:
                return _response(self.token_answers.pop(0))
            return _response({"access_token": self._token(), "expires_in": 7200})
        self.calls.append((request.url.path, request.url.params["access_token"], body))
        self.bodies.append(request.content)
        return _response(self.answers.pop(0) if self.answers else OK)

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
def http(servers: Servers, clock: FrozenClock) -> HttpWeChat:
    return HttpWeChat("https://wechat", clock, transport=httpx.MockTransport(servers))


async def test_a_reply_goes_to_its_comment_in_plain_characters(
    http: HttpWeChat, servers: Servers, account: OfficialAccount
) -> None:
    await http.reply_to_comment(account, PLACE, "马上去👍")

    assert servers.calls == [
        (
            "/cgi-bin/comment/reply/add",
            "token-1",
            {
                "msg_data_id": 2247483650,
                "index": 1,
                "user_comment_id": 7,
                "content": "马上去👍",
            },
        )
    ]
    assert "马上去👍".encode() in servers.bodies[0]


async def test_a_message_goes_to_its_writer(
    http: HttpWeChat, servers: Servers, account: OfficialAccount
) -> None:
    await http.send_message(account, "openid_1", "马上去")

    ((path, _, body),) = servers.calls
    assert path == "/cgi-bin/message/custom/send"
    assert body == {"touser": "openid_1", "msgtype": "text", "text": {"content": "马上去"}}


async def test_comments_are_read_as_wechat_lists_them(
    http: HttpWeChat, servers: Servers, account: OfficialAccount
) -> None:
    servers.answers = [
        OK
        | {
            "total": 3,
            "comment": [
                {
                    "user_comment_id": "7",
                    "openid": "openid_1",
                    "create_time": 1795420000,
                    "content": "没水",
                    "comment_type": 0,
                    "reply": {"content": "马上去", "create_time": 1795420100},
                },
                {"user_comment_id": 8, "create_time": 1795420001, "content": "", "openid": ""},
            ],
        }
    ]

    page = await http.list_comments(account, message_data_id=1, index=0, begin=49, count=49)

    assert page.total == 3
    assert page.comments == [
        ListedComment(
            user_comment_id=7,
            created_at=datetime.fromtimestamp(1795420000, UTC),
            content="没水",
            openid="openid_1",
            reply="马上去",
        ),
        ListedComment(
            user_comment_id=8,
            created_at=datetime.fromtimestamp(1795420001, UTC),
            content="",
            openid=None,
            reply=None,
        ),
    ]
    assert servers.calls[0][2] == {
        "msg_data_id": 1,
        "index": 0,
        "begin": 49,
        "count": 49,
        "type": 0,
    }


async def test_an_article_without_comments_has_an_empty_list(
    http: HttpWeChat, servers: Servers, account: OfficialAccount
) -> None:
    servers.answers = [OK | {"total": 0, "comment": []}]

    page = await http.list_comments(account, message_data_id=1, index=0, begin=0, count=49)

    assert (page.comments, page.total) == ([], 0)


async def test_an_error_number_is_a_refusal(
    http: HttpWeChat, servers: Servers, account: OfficialAccount
) -> None:
    servers.answers = [{"errcode": 88005, "errmsg": "already reply"}]

    with pytest.raises(WeChatRefused) as refused:
        await http.reply_to_comment(account, PLACE, "马上去")

    assert refused.value.wechat_code == 88005
    assert len(servers.calls) == 1


@pytest.mark.parametrize(
    "failure", [httpx.ConnectError("no"), httpx.ConnectTimeout("no"), httpx.PoolTimeout("no")]
)
async def test_what_was_never_sent_is_certain_not_to_have_happened(
    failure: Exception, http: HttpWeChat, servers: Servers, account: OfficialAccount
) -> None:
    servers.answers = [failure]

    with pytest.raises(WeChatUnreachable):
        await http.reply_to_comment(account, PLACE, "马上去")


@pytest.mark.parametrize(
    "answer",
    [
        httpx.ReadTimeout("no"),
        httpx.ReadError("no"),
        httpx.WriteError("no"),
        httpx.RemoteProtocolError("no"),
        502,
        404,
        b"<html>",
        b'{"errcode": "\xff"}',
        b"[]",
    ],
)
async def test_without_a_clear_answer_it_is_not_known_and_not_sent_again(
    answer: Answer, http: HttpWeChat, servers: Servers, account: OfficialAccount
) -> None:
    servers.answers = [answer]

    with pytest.raises(WeChatOutcomeUnknown):
        await http.reply_to_comment(account, PLACE, "马上去")

    assert len(servers.calls) == 1


@pytest.mark.parametrize("answer", [httpx.ReadTimeout("no"), 502, b"<html>"])
async def test_without_a_token_nothing_has_happened(
    answer: Answer, http: HttpWeChat, servers: Servers, account: OfficialAccount
) -> None:
    servers.token_answers = [answer]

    with pytest.raises(WeChatUnreachable):
        await http.reply_to_comment(account, PLACE, "马上去")

    assert servers.calls == []


async def test_a_wrong_secret_is_a_refusal(
    http: HttpWeChat, servers: Servers, account: OfficialAccount
) -> None:
    servers.token_answers = [{"errcode": 40125, "errmsg": "invalid appsecret"}]

    with pytest.raises(WeChatRefused) as refused:
        await http.reply_to_comment(account, PLACE, "马上去")

    assert refused.value.wechat_code == 40125


async def test_a_token_is_kept_until_shortly_before_its_end(
    http: HttpWeChat, servers: Servers, account: OfficialAccount, clock: FrozenClock
) -> None:
    for _ in range(3):
        await http.send_message(account, "openid_1", "好")
    clock.advance(seconds=7200 - 300)
    await http.send_message(account, "openid_1", "好")

    assert [token for _, token, _ in servers.calls] == ["token-1"] * 3 + ["token-2"]


@pytest.mark.parametrize("wechat_code", [40001, 40014, 42001])
async def test_a_refused_token_is_replaced_and_the_call_made_once_more(
    wechat_code: int, http: HttpWeChat, servers: Servers, account: OfficialAccount
) -> None:
    servers.answers = [{"errcode": wechat_code, "errmsg": "invalid credential"}]

    await http.send_message(account, "openid_1", "好")

    assert [token for _, token, _ in servers.calls] == ["token-1", "token-2"]
    assert servers.forced == [False, False]


async def test_only_a_token_that_wechat_itself_holds_good_is_forced_out(
    http: HttpWeChat, servers: Servers, account: OfficialAccount
) -> None:
    servers.renews_plainly = False
    servers.answers = [{"errcode": 40001, "errmsg": "invalid credential"}]

    await http.send_message(account, "openid_1", "好")

    assert [token for _, token, _ in servers.calls] == ["token-0", "token-1"]
    assert servers.forced == [False, False, True]


async def test_a_token_refused_twice_is_a_refusal(
    http: HttpWeChat, servers: Servers, account: OfficialAccount
) -> None:
    servers.answers = [{"errcode": 40001, "errmsg": "x"}, {"errcode": 40001, "errmsg": "x"}]

    with pytest.raises(WeChatRefused):
        await http.send_message(account, "openid_1", "好")

    assert len(servers.calls) == 2


async def test_a_token_is_never_shared_with_who_does_not_have_the_secret(
    clock: FrozenClock, account: OfficialAccount
) -> None:
    """An AppID can be read by anybody: a second community may have made up the rest."""
    used: list[str] = []

    def wechat(request: httpx.Request) -> httpx.Response:
        if request.url.path != "/cgi-bin/stable_token":
            used.append(request.url.params["access_token"])
            return httpx.Response(200, json=OK)
        if json.loads(request.content)["secret"] != account.app_secret:
            return httpx.Response(200, json={"errcode": 40125, "errmsg": "invalid appsecret"})
        return httpx.Response(200, json={"access_token": "of the owner", "expires_in": 7200})

    http = HttpWeChat("https://wechat", clock, transport=httpx.MockTransport(wechat))
    made_up = msgspec.structs.replace(account, app_secret="f" * 32)
    await http.send_message(account, "openid_1", "好")

    with pytest.raises(WeChatRefused) as refused:
        await http.send_message(made_up, "openid_1", "好")

    assert refused.value.wechat_code == 40125
    assert used == ["of the owner"]
