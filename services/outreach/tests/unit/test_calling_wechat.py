"""How outreach's own calls look on the wire, and how WeChat's lists are read.

What comes of a call, and the tokens that it needs, are the client's: `wechat/tests`.
"""

import json
from datetime import UTC, datetime

import httpx
import pytest
from chassis.testing import FrozenClock
from outreach.adapters.wechat_http import HttpWeChat
from outreach.application.ports import ListedComment
from outreach.domain.channels import OfficialAccount
from outreach.domain.comments import ArticlePlace
from wechat.failures import WeChatRefused

PLACE = ArticlePlace(message_data_id=2247483650, index=1, user_comment_id=7)
OK: dict[str, object] = {"errcode": 0, "errmsg": "ok"}


class Servers:
    """WeChat's servers, answering what a test says.

    Attributes:
        calls: (path, token, body) of everything but token requests.
        credentials: the AppID and secret of each token request.
    """

    def __init__(self) -> None:
        self.answer = OK
        self.calls: list[tuple[str, str, dict[str, object]]] = []
        self.credentials: list[tuple[str, str]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        if request.url.path == "/cgi-bin/stable_token":
            self.credentials.append((body["appid"], body["secret"]))
            return httpx.Response(200, json={"access_token": "token", "expires_in": 7200})
        self.calls.append((request.url.path, request.url.params["access_token"], body))
        return httpx.Response(200, json=self.answer)


@pytest.fixture
def servers() -> Servers:
    return Servers()


@pytest.fixture
def http(servers: Servers, clock: FrozenClock) -> HttpWeChat:
    return HttpWeChat("https://wechat", clock, transport=httpx.MockTransport(servers))


async def test_a_reply_goes_to_its_comment_as_the_account_that_was_commented_on(
    http: HttpWeChat, servers: Servers, account: OfficialAccount
) -> None:
    await http.reply_to_comment(account, PLACE, "马上去👍")

    assert servers.credentials == [(account.app_id, account.app_secret)]
    assert servers.calls == [
        (
            "/cgi-bin/comment/reply/add",
            "token",
            {
                "msg_data_id": 2247483650,
                "index": 1,
                "user_comment_id": 7,
                "content": "马上去👍",
            },
        )
    ]


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
    servers.answer = OK | {
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
    servers.answer = OK | {"total": 0, "comment": []}

    page = await http.list_comments(account, message_data_id=1, index=0, begin=0, count=49)

    assert (page.comments, page.total) == ([], 0)


async def test_an_error_number_is_a_refusal(
    http: HttpWeChat, servers: Servers, account: OfficialAccount
) -> None:
    servers.answer = {"errcode": 88005, "errmsg": "already reply"}

    with pytest.raises(WeChatRefused) as refused:
        await http.reply_to_comment(account, PLACE, "马上去")

    assert refused.value.wechat_code == 88005
    assert len(servers.calls) == 1
