"""From a comment under an article to a reply on the phone, over all that is real."""

import asyncio
from collections import Counter

from chassis.ids import new_id
from wechat_simulator.testing import Simulator

from .conftest import Article, OfficialAccount, Running, replies_on, the_comment
from .documents import COMMENT, FIGURES, REPLY
from .kafka import told
from .running import Graph, run_command


def reply_input(comment_id: str, text: str = "已经派人去看了") -> dict[str, str]:
    return {"requestId": new_id("request"), "commentId": comment_id, "text": text}


async def test_a_comment_is_answered_and_told(
    clerk: Graph,
    wechat: Simulator,
    article: Article,
    phone: str,
    community_id: str,
    kafka_bootstrap_servers: str,
) -> None:
    await wechat.comment(phone, article.msg_data_id, "3-2-501 没水,打13800138000")
    comment = await the_comment(clerk, lambda it: True)

    assert comment["text"] == "3-2-501 没水,打13800138000"
    assert comment["redactedText"] == "[门牌] 没水,打[电话]"
    assert (comment["source"], comment["state"]) == ("ARTICLE", "RECEIVED")
    assert comment["article"]["id"] == article.id
    assert comment["article"]["channel"]["id"] == comment["channel"]["id"]

    asked = (await clerk.ask(REPLY, input=reply_input(comment["id"])))["replyToComment"]
    assert asked["comment"]["reply"]["state"] in {"PENDING", "SENDING", "DELIVERED"}
    replied = await the_comment(clerk, lambda it: it["state"] == "REPLIED")
    assert replied["reply"]["state"] == "DELIVERED"
    assert await replies_on(wechat, phone) == ["已经派人去看了"]

    events = await told(kafka_bootstrap_servers, community_id, at_least=3)
    assert {event["type"] for event in events} == {
        "article.published.v1",
        "comment.received.v1",
        "comment.replied.v1",
    }
    assert "13800138000" not in str(events)
    assert "3-2-501" not in str(events)
    figures = (await clerk.ask(FIGURES, id=community_id))["community"]["outreachFigures"]
    assert figures == {"commentsReceived": 1, "unansweredComments": 0, "articlesPublished": 1}


async def test_a_repeated_request_replies_once_and_a_second_reply_is_refused(
    clerk: Graph, wechat: Simulator, article: Article, phone: str
) -> None:
    await wechat.comment(phone, article.msg_data_id, "没水")
    comment = await the_comment(clerk, lambda it: True)
    asked = reply_input(comment["id"])

    answers = await asyncio.gather(*(clerk.ask(REPLY, input=asked) for _ in range(5)))
    other_input = await clerk.ask(REPLY, input=asked | {"text": "别的话"})
    second = await clerk.ask(REPLY, input=reply_input(comment["id"]))
    await the_comment(clerk, lambda it: it["state"] == "REPLIED")

    assert {it["replyToComment"]["__typename"] for it in answers} == {"ReplyToCommentSuccess"}
    assert other_input["replyToComment"]["code"] == "REQUEST_ID_REUSED"
    assert second["replyToComment"]["code"] == "ALREADY_REPLIED"
    assert await replies_on(wechat, phone) == ["已经派人去看了"]


async def test_a_comment_taken_back_is_not_replied_to(
    clerk: Graph,
    wechat: Simulator,
    article: Article,
    phone: str,
    community_id: str,
    kafka_bootstrap_servers: str,
) -> None:
    number = await wechat.comment(phone, article.msg_data_id, "没水")
    comment = await the_comment(clerk, lambda it: True)
    place = f"{article.msg_data_id}/0/{number}"
    await wechat.client.delete(f"/simulator/phones/{phone}/comments/{place}")
    await the_comment(clerk, lambda it: it["state"] == "CLOSED" and it["deletedAt"])

    refused = await clerk.ask(REPLY, input=reply_input(comment["id"]))

    assert refused["replyToComment"]["code"] == "COMMENT_DELETED"
    assert (await clerk.ask(COMMENT, id=comment["id"]))["comment"]["reply"] is None
    events = await told(kafka_bootstrap_servers, community_id, at_least=3)
    assert "comment.deleted.v1" in [event["type"] for event in events]


async def test_a_reply_whose_answer_was_lost_is_unknown_until_wechat_shows_it(
    clerk: Graph,
    wechat: Simulator,
    account: OfficialAccount,
    article: Article,
    phone: str,
) -> None:
    await wechat.comment(phone, article.msg_data_id, "没水")
    comment = await the_comment(clerk, lambda it: True)
    lost = {"kind": "drop_answer", "path": "/cgi-bin/comment/reply/add", "times": 1}
    await wechat.post("/simulator/faults", lost | {"app_id": account.app_id})

    await clerk.ask(REPLY, input=reply_input(comment["id"]))
    replied = await the_comment(clerk, lambda it: it["state"] == "REPLIED")

    assert replied["reply"]["state"] == "DELIVERED"
    assert await replies_on(wechat, phone) == ["已经派人去看了"]


async def test_wechats_refusal_is_shown_and_another_reply_may_follow(
    clerk: Graph, wechat: Simulator, account: OfficialAccount, article: Article, phone: str
) -> None:
    await wechat.comment(phone, article.msg_data_id, "没水")
    comment = await the_comment(clerk, lambda it: True)
    close = {"msg_data_id": article.msg_data_id, "index": 0}
    number = (await wechat.get(f"/simulator/phones/{phone}/screen"))["items"][-1]
    token = (
        await wechat.post(
            "/cgi-bin/stable_token",
            {
                "grant_type": "client_credential",
                "appid": account.app_id,
                "secret": "0123456789abcdef0123456789abcdef",
            },
        )
    )["access_token"]
    # Somebody answers in WeChat's own console first.
    answered = await wechat.call(
        "/cgi-bin/comment/reply/add",
        close | {"user_comment_id": number["user_comment_id"], "content": "控制台先回复了"},
        token,
    )
    assert answered["errcode"] == 0

    await clerk.ask(REPLY, input=reply_input(comment["id"]))
    failed = await the_comment(clerk, lambda it: it["reply"] and it["reply"]["failure"])

    assert failed["reply"]["state"] == "FAILED"
    assert failed["reply"]["failure"]["wechatCode"] == 88005
    assert failed["state"] == "RECEIVED"
    again = await clerk.ask(REPLY, input=reply_input(comment["id"], "再试一次"))
    assert again["replyToComment"]["__typename"] == "ReplyToCommentSuccess"


async def test_an_access_token_that_ended_is_renewed(
    clerk: Graph, wechat: Simulator, account: OfficialAccount, article: Article, phone: str
) -> None:
    await wechat.comment(phone, article.msg_data_id, "第一条")
    await the_comment(clerk, lambda it: it["text"] == "第一条")
    await wechat.client.post(f"/simulator/accounts/{account.app_id}/expire-tokens")

    await wechat.comment(phone, article.msg_data_id, "第二条")

    await the_comment(clerk, lambda it: it["text"] == "第二条")


async def test_republishing_tells_the_same_facts_again(
    clerk: Graph,
    wechat: Simulator,
    article: Article,
    phone: str,
    community_id: str,
    kafka_bootstrap_servers: str,
    running: Running,
) -> None:
    await wechat.comment(phone, article.msg_data_id, "没水")
    await the_comment(clerk, lambda it: True)
    before = await told(kafka_bootstrap_servers, community_id, at_least=2)

    await asyncio.to_thread(run_command, running.variables, "republish", "--all")
    after = await told(kafka_bootstrap_servers, community_id, at_least=4)

    assert Counter(map(str, after)) == Counter(map(str, [*before, *before]))
