"""Messages that WeChat pushes, over HTTP: stored before they are answered, and once."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from chassis.ids import new_id
from wechat_simulator.testing import Simulator

from .conftest import OfficialAccount, replies_on, the_comment
from .documents import ARCHIVE_CHANNEL, COMMENTS, REPLY
from .running import Graph


@pytest.fixture
async def pushes(
    wechat: Simulator, account: OfficialAccount, running_callback: Callable[[str], str]
) -> OfficialAccount:
    """An account whose callback WeChat has checked: it asks with an echo first."""
    url = running_callback(account.channel_id)
    await wechat.put(f"/simulator/accounts/{account.app_id}/callback", {"url": url})
    return account


async def all_comments(graph: Graph) -> list[Any]:
    nodes: list[Any] = (await graph.ask(COMMENTS))["comments"]["nodes"]
    return nodes


async def test_a_message_is_answered_on_the_phone(
    clerk: Graph, wechat: Simulator, pushes: OfficialAccount, phone: str
) -> None:
    message = {"app_id": pushes.app_id, "text": "电箱冒火花,我是13800138000"}
    await wechat.post(f"/simulator/phones/{phone}/messages", message)
    comment = await the_comment(clerk, lambda it: it["source"] == "MESSAGE")

    assert comment["redactedText"] == "电箱冒火花,我是[电话]"
    assert comment["article"] is None
    replied = {"requestId": new_id("request"), "commentId": comment["id"], "text": "马上到"}
    await clerk.ask(REPLY, input=replied)
    await the_comment(clerk, lambda it: it["state"] == "REPLIED")
    assert await replies_on(wechat, phone) == ["马上到"]


async def test_following_is_an_event_and_no_comment(
    clerk: Graph, wechat: Simulator, pushes: OfficialAccount, phone: str
) -> None:
    await wechat.client.delete(f"/simulator/phones/{phone}/follows/{pushes.app_id}")
    await wechat.post(f"/simulator/phones/{phone}/follows", {"app_id": pushes.app_id})
    message = {"app_id": pushes.app_id, "text": "没水"}
    await wechat.post(f"/simulator/phones/{phone}/messages", message)
    await the_comment(clerk, lambda it: it["text"] == "没水")

    assert len(await all_comments(clerk)) == 1


async def test_a_push_sent_again_is_answered_and_changes_nothing(
    clerk: Graph, recorded_push: Callable[..., Any]
) -> None:
    push = await recorded_push("没水")

    first = await push()
    before = await all_comments(clerk)
    again = await push()

    assert (first.status_code, first.text) == (again.status_code, again.text) == (200, "success")
    assert await all_comments(clerk) == before
    assert len(before) == 1


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"msg_signature": None}, 403, "CALLBACK_UNSIGNED"),
        ({"msg_signature": "0" * 40}, 403, "CALLBACK_SIGNATURE_INVALID"),
        ({"nonce": "1"}, 403, "CALLBACK_SIGNATURE_INVALID"),
        ({"timestamp": "1409735669"}, 403, "CALLBACK_STALE"),
        ({"encrypt_type": "raw"}, 403, "CALLBACK_UNSIGNED"),
        ({"encrypt_type": None}, 403, "CALLBACK_UNSIGNED"),
    ],
)
async def test_what_is_not_rightly_signed_is_refused_and_nothing_kept(
    changed: dict[str, str | None],
    status: int,
    code: str,
    clerk: Graph,
    recorded_push: Callable[..., Any],
) -> None:
    push = await recorded_push("没水")

    answer: httpx.Response = await push(changed=changed)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await all_comments(clerk) == []


async def test_a_body_larger_than_a_message_is_refused(
    clerk: Graph, recorded_push: Callable[..., Any]
) -> None:
    push = await recorded_push("没水")

    answer = await push(body=b"<xml>" + b"a" * 64 * 1024 + b"</xml>")

    assert (answer.status_code, answer.json()["code"]) == (413, "CALLBACK_TOO_LARGE")
    assert await all_comments(clerk) == []


async def test_the_callback_of_no_channel_and_of_an_archived_one_is_refused(
    secretary: Graph,
    clerk: Graph,
    account: OfficialAccount,
    recorded_push: Callable[..., Any],
) -> None:
    push = await recorded_push("没水")
    unknown = await push(channel_id="channel_01jd8f6v5tev4b8f4z9x7m2k02")
    await secretary.ask(ARCHIVE_CHANNEL, input={"requestId": "1", "channelId": account.channel_id})
    archived = await push()

    assert (unknown.status_code, unknown.json()["code"]) == (404, "CHANNEL_NOT_FOUND")
    assert (archived.status_code, archived.json()["code"]) == (410, "CHANNEL_ARCHIVED")
    assert await all_comments(clerk) == []


async def test_an_address_asked_for_by_a_stranger_is_not_confirmed(
    account: OfficialAccount, running_callback: Callable[[str], str]
) -> None:
    asked = {"signature": "0" * 40, "timestamp": "1", "nonce": "1", "echostr": "<b>"}
    async with httpx.AsyncClient() as client:
        answer = await client.get(running_callback(account.channel_id), params=asked)

    assert answer.status_code == 403
    assert "<b>" not in answer.text
