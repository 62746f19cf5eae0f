"""Who may not, what is unknown, what is given wrongly: a named answer, and nothing changed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from chassis.ids import new_id
from chassis.testing_tokens import TokenMint
from wechat_simulator.testing import Simulator

from .conftest import Article, OfficialAccount, Running, article_input, channel_input, the_comment
from .documents import (
    ARCHIVE_CHANNEL,
    COMMENT,
    COMMENTS,
    ENTITIES,
    FIGURES,
    REGISTER_ARTICLE,
    REGISTER_CHANNEL,
    REPLY,
)
from .running import Graph

OTHER_ROLES = ["resident", "steward", "partner", "merchant", "auditor"]
READS = {
    "channels": "{ channels { nodes { id } } }",
    "articles": "{ articles { nodes { id } } }",
    "article": '{ article(id: "article_x") { id } }',
    "comments": "{ comments { nodes { id } } }",
    "comment": '{ comment(id: "comment_x") { id } }',
}


@pytest.mark.parametrize("role", OTHER_ROLES)
async def test_other_roles_are_forbidden_everything(
    role: str,
    graph_as: Callable[..., Graph],
    clerk: Graph,
    account: OfficialAccount,
    community_id: str,
) -> None:
    graph = graph_as(role)
    for document in READS.values():
        assert await graph.refusal(document) == "FORBIDDEN"
    assert await graph.refusal(FIGURES, id=community_id) == "FORBIDDEN"
    of = [{"__typename": "Comment", "id": "comment_x"}]
    assert await graph.refusal(ENTITIES, of=of) == "FORBIDDEN"
    for document, given in (
        (REGISTER_CHANNEL, channel_input("wx0000000000000000")),
        (ARCHIVE_CHANNEL, {"requestId": "1", "channelId": account.channel_id}),
        (REGISTER_ARTICLE, article_input(account.channel_id, 1)),
        (REPLY, {"requestId": "1", "commentId": "comment_x", "text": "好"}),
    ):
        assert await graph.refusal(document, input=given) == "FORBIDDEN"

    shown = await clerk.ask("{ channels { nodes { id state } } articles { nodes { id } } }")
    assert [it["state"] for it in shown["channels"]["nodes"]] == ["ACTIVE"]
    assert shown["articles"]["nodes"] == []


async def test_a_clerk_may_neither_register_nor_archive_a_channel(
    clerk: Graph, account: OfficialAccount
) -> None:
    given = {"requestId": "1", "channelId": account.channel_id}

    assert await clerk.refusal(ARCHIVE_CHANNEL, input=given) == "FORBIDDEN"
    registering = channel_input("wx0000000000000000")
    assert await clerk.refusal(REGISTER_CHANNEL, input=registering) == "FORBIDDEN"


async def test_nobody_is_unauthenticated(
    running: Running, mint: TokenMint, community_id: str
) -> None:
    expired = mint.headers("clerk", community_id=community_id, life=timedelta(minutes=-1))
    forged = TokenMint(mint._now, kid=mint.kid).headers("clerk", community_id=community_id)
    for headers in (None, expired, forged, {"authorization": "Bearer x"}):
        graph = Graph(running.api.address, headers)
        for document in READS.values():
            assert await graph.refusal(document) == "UNAUTHENTICATED"
        await graph.close()


async def test_another_communitys_objects_are_as_unknown_as_none(
    graph_as: Callable[..., Graph],
    clerk: Graph,
    wechat: Simulator,
    account: OfficialAccount,
    article: Article,
    phone: str,
    community_id: str,
) -> None:
    await wechat.comment(phone, article.msg_data_id, "没水")
    comment = await the_comment(clerk, lambda it: True)
    stranger = graph_as("secretary", community_id=new_id("community"))
    for comment_id in (comment["id"], "comment_x", ""):
        assert (await stranger.ask(COMMENT, id=comment_id))["comment"] is None
        of = [{"__typename": "Comment", "id": comment_id}]
        assert (await stranger.ask(ENTITIES, of=of))["_entities"] == [None]
        given = {"requestId": new_id("request"), "commentId": comment_id, "text": "好"}
        refused = (await stranger.ask(REPLY, input=given))["replyToComment"]
        assert refused["code"] == "COMMENT_NOT_FOUND"
    for channel_id in (account.channel_id, "channel_x"):
        given = {"requestId": new_id("request"), "channelId": channel_id}
        refused = (await stranger.ask(ARCHIVE_CHANNEL, input=given))["archiveChannel"]
        assert refused["code"] == "CHANNEL_NOT_FOUND"
        refused = await stranger.ask(REGISTER_ARTICLE, input=article_input(channel_id, 9))
        assert refused["registerPublishedArticle"]["code"] == "CHANNEL_NOT_FOUND"
    assert (await stranger.ask(FIGURES, id=community_id))["community"] is None
    assert (await stranger.ask(COMMENTS))["comments"]["nodes"] == []

    assert (await clerk.ask(COMMENT, id=comment["id"]))["comment"]["reply"] is None


async def test_entities_come_in_the_order_asked(
    clerk: Graph, wechat: Simulator, article: Article, phone: str
) -> None:
    for text in ("第一条", "第二条"):
        await wechat.comment(phone, article.msg_data_id, text)
    first = await the_comment(clerk, lambda it: it["text"] == "第一条")
    second = await the_comment(clerk, lambda it: it["text"] == "第二条")
    of = [
        {"__typename": "Comment", "id": comment_id}
        for comment_id in (second["id"], "comment_x", first["id"], second["id"])
    ]

    entities = (await clerk.ask(ENTITIES, of=of))["_entities"]

    assert [it and it["text"] for it in entities] == ["第二条", None, "第一条", "第二条"]


async def test_lists_go_on_from_where_they_ended(
    clerk: Graph, wechat: Simulator, article: Article, phone: str
) -> None:
    for number in range(5):
        await wechat.comment(phone, article.msg_data_id, f"第{number}条")
    await the_comment(clerk, lambda it: it["text"] == "第4条")

    seen: list[str] = []
    after = None
    for _ in range(3):
        page = (await clerk.ask(COMMENTS, first=2, after=after))["comments"]
        seen += [it["id"] for it in page["nodes"]]
        after = page["pageInfo"]["endCursor"]

    assert len(set(seen)) == 5
    assert page["pageInfo"]["hasNextPage"] is False


@pytest.mark.parametrize(
    "arguments",
    ["first: 0", "first: -1", 'after: "x"', 'after: ""', 'after: "kJA"', "state: GONE"],
)
async def test_a_list_asked_for_wrongly_is_bad_input(arguments: str, clerk: Graph) -> None:
    refused = await clerk.refusal(f"{{ comments({arguments}) {{ nodes {{ id }} }} }}")

    assert refused == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " "}, "NAME_INVALID"),
        ({"appId": "x"}, "OFFICIAL_ACCOUNT_INVALID"),
        ({"appSecret": None}, "OFFICIAL_ACCOUNT_INVALID"),
        ({"encodingAesKey": "short"}, "OFFICIAL_ACCOUNT_INVALID"),
        ({"kind": "GROUP"}, "OFFICIAL_ACCOUNT_INVALID"),
    ],
)
async def test_a_channel_that_cannot_be_right_is_refused(
    changed: dict[str, Any], code: str, secretary: Graph
) -> None:
    given = channel_input("wx0000000000000000", **changed)

    refused = (await secretary.ask(REGISTER_CHANNEL, input=given))["registerChannel"]

    assert refused["code"] == code
    assert (await secretary.ask("{ channels { nodes { id } } }"))["channels"]["nodes"] == []


async def test_a_registration_repeated_is_one_and_with_other_input_refused(
    secretary: Graph,
) -> None:
    given = channel_input("wx0000000000000000")

    first = (await secretary.ask(REGISTER_CHANNEL, input=given))["registerChannel"]
    again = (await secretary.ask(REGISTER_CHANNEL, input=given))["registerChannel"]
    other = await secretary.ask(REGISTER_CHANNEL, input=given | {"name": "别的名字"})
    taken = await secretary.ask(
        REGISTER_CHANNEL, input=channel_input("wx0000000000000000", requestId="another")
    )

    assert first == again
    assert other["registerChannel"]["code"] == "REQUEST_ID_REUSED"
    assert taken["registerChannel"]["code"] == "CHANNEL_ALREADY_REGISTERED"
    assert len((await secretary.ask("{ channels { nodes { id } } }"))["channels"]["nodes"]) == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"title": ""}, "ARTICLE_INVALID"),
        ({"url": "ftp://x"}, "ARTICLE_INVALID"),
        ({"messageDataId": "二"}, "ARTICLE_INVALID"),
        ({"messageDataId": "9" * 30}, "ARTICLE_INVALID"),
        ({"index": 99}, "ARTICLE_INVALID"),
        ({"publishedAt": "2026-11-23T08:00:00"}, "ARTICLE_INVALID"),
        ({"publishedAt": "0001-01-01T00:00:00+08:00"}, "ARTICLE_INVALID"),
        ({"publishedAt": "2999-01-01T00:00:00Z"}, "ARTICLE_INVALID"),
    ],
)
async def test_an_article_that_cannot_be_right_is_refused(
    changed: dict[str, Any], code: str, clerk: Graph, account: OfficialAccount
) -> None:
    given = article_input(account.channel_id, 1, **changed)

    refused = await clerk.ask(REGISTER_ARTICLE, input=given)

    assert refused["registerPublishedArticle"]["code"] == code
    assert (await clerk.ask("{ articles { nodes { id } } }"))["articles"]["nodes"] == []


async def test_an_article_is_registered_once(
    clerk: Graph, account: OfficialAccount, article: Article
) -> None:
    refused = await clerk.ask(
        REGISTER_ARTICLE, input=article_input(account.channel_id, article.msg_data_id)
    )

    assert refused["registerPublishedArticle"]["code"] == "ARTICLE_ALREADY_REGISTERED"


@pytest.mark.parametrize(("text", "code"), [(" ", "REPLY_EMPTY"), ("好" * 601, "REPLY_TOO_LONG")])
async def test_a_reply_that_wechat_would_refuse_is_refused(
    text: str, code: str, clerk: Graph, wechat: Simulator, article: Article, phone: str
) -> None:
    await wechat.comment(phone, article.msg_data_id, "没水")
    comment = await the_comment(clerk, lambda it: True)
    given = {"requestId": "1", "commentId": comment["id"], "text": text}

    refused = (await clerk.ask(REPLY, input=given))["replyToComment"]

    assert refused["code"] == code
    assert (await clerk.ask(COMMENT, id=comment["id"]))["comment"]["reply"] is None


@pytest.mark.parametrize("request_id", ["", "x" * 101])
async def test_a_request_without_a_usable_id_is_bad_input(request_id: str, clerk: Graph) -> None:
    given = {"requestId": request_id, "commentId": "comment_x", "text": "好"}

    assert await clerk.refusal(REPLY, input=given) == "BAD_USER_INPUT"
