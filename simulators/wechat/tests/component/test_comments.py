"""Comments under articles, as an official account reads and answers them."""

import pytest
from wechat_simulator.testing import ACCOUNT, APP_ID, Simulator

LIST = "/cgi-bin/comment/list"
REPLY = "/cgi-bin/comment/reply/add"
DELETE_REPLY = "/cgi-bin/comment/reply/delete"


def _asking(msg_data_id: int, **changed: object) -> dict[str, object]:
    return {"msg_data_id": msg_data_id, "index": 0, "begin": 0, "count": 49, "type": 0, **changed}


async def test_a_comment_is_listed_with_wechats_own_fields(simulator: Simulator) -> None:
    article = await simulator.publish()
    number = await simulator.comment("田大妈", article, "水压太小了")
    listed = await simulator.call(LIST, _asking(article))
    openid = (await simulator.get("/simulator/phones"))[0]["openids"][APP_ID]
    assert listed == {
        "errcode": 0,
        "errmsg": "ok",
        "total": 1,
        "comment": [
            {
                "user_comment_id": number,
                "create_time": int(simulator.clock().timestamp()),
                "content": "水压太小了",
                "comment_type": 0,
                "openid": openid,
            }
        ],
    }
    assert len(openid) == 28


async def test_comments_are_paged_newest_first(simulator: Simulator) -> None:
    article = await simulator.publish()
    for number in range(5):
        await simulator.comment("田大妈", article, f"第{number}条")
    page = await simulator.call(LIST, _asking(article, begin=1, count=2))
    assert page["total"] == 5
    assert [comment["content"] for comment in page["comment"]] == ["第3条", "第2条"]
    beyond = await simulator.call(LIST, _asking(article, begin=9))
    assert (beyond["total"], beyond["comment"]) == (5, [])


async def test_the_second_article_of_a_push_has_comments_of_its_own(simulator: Simulator) -> None:
    article = await simulator.publish("头条", "次条")
    await simulator.comment("田大妈", article, "给次条", index=1)
    assert (await simulator.call(LIST, _asking(article)))["total"] == 0
    assert (await simulator.call(LIST, _asking(article, index=1)))["total"] == 1


async def test_elected_comments_are_told_apart(simulator: Simulator) -> None:
    article = await simulator.publish()
    number = await simulator.comment("田大妈", article, "写得好")
    elected = {"msg_data_id": article, "user_comment_id": number}
    await simulator.call("/cgi-bin/comment/markelect", elected)
    assert (await simulator.call(LIST, _asking(article, type=1)))["total"] == 0
    assert (await simulator.call(LIST, _asking(article, type=2)))["comment"][0]["comment_type"] == 1
    await simulator.call("/cgi-bin/comment/unmarkelect", elected)
    assert (await simulator.call(LIST, _asking(article, type=2)))["total"] == 0


@pytest.mark.parametrize("count", [0, -1, 50, 51])
async def test_a_count_out_of_range_is_refused(simulator: Simulator, count: int) -> None:
    article = await simulator.publish()
    assert (await simulator.call(LIST, _asking(article, count=count)))["errcode"] == 88010


async def test_a_comment_without_a_wechat_identity_has_no_openid(simulator: Simulator) -> None:
    article = await simulator.publish()
    await simulator.comment("田大妈", article, "匿名说一句", with_openid=False)
    assert "openid" not in (await simulator.call(LIST, _asking(article)))["comment"][0]


async def test_a_reply_reaches_the_commenters_phone_once(simulator: Simulator) -> None:
    await simulator.put("/simulator/phones/李叔", {"follows": [APP_ID]})
    article = await simulator.publish()
    number = await simulator.comment("田大妈", article, "水压太小了")
    reply = {"msg_data_id": article, "user_comment_id": number, "content": "今天就去看"}
    assert await simulator.call(REPLY, reply) == {"errcode": 0, "errmsg": "ok"}
    again = await simulator.call(REPLY, reply)
    assert again["errcode"] == 88005
    assert again["errmsg"].startswith("already reply rid: ")
    assert await simulator.screen("田大妈") == [("comment_reply", "今天就去看")]
    assert await simulator.screen("李叔") == []
    listed = (await simulator.call(LIST, _asking(article)))["comment"][0]
    assert listed["reply"]["content"] == "今天就去看"


@pytest.mark.parametrize("content", ["", "长" * 601])
async def test_an_empty_or_too_long_reply_is_refused(simulator: Simulator, content: str) -> None:
    article = await simulator.publish()
    number = await simulator.comment("田大妈", article, "水压太小了")
    reply = {"msg_data_id": article, "user_comment_id": number, "content": content}
    assert (await simulator.call(REPLY, reply))["errcode"] == 88007
    assert await simulator.screen("田大妈") == []


async def test_a_deleted_reply_leaves_the_phone(simulator: Simulator) -> None:
    article = await simulator.publish()
    number = await simulator.comment("田大妈", article, "水压太小了")
    one = {"msg_data_id": article, "user_comment_id": number}
    await simulator.call(REPLY, {**one, "content": "今天就去看"})
    assert (await simulator.call(DELETE_REPLY, one))["errcode"] == 0
    assert await simulator.screen("田大妈") == []
    assert (await simulator.call(DELETE_REPLY, one))["errcode"] == 88009


async def test_a_deleted_comment_is_neither_listed_nor_answered(simulator: Simulator) -> None:
    article = await simulator.publish()
    number = await simulator.comment("田大妈", article, "算了")
    path = f"/simulator/phones/田大妈/comments/{article}/0/{number}"
    (await simulator.client.delete(path)).raise_for_status()
    assert (await simulator.call(LIST, _asking(article)))["total"] == 0
    reply = {"msg_data_id": article, "user_comment_id": number, "content": "在吗"}
    assert (await simulator.call(REPLY, reply))["errcode"] == 88008
    assert (await simulator.client.delete(path)).status_code == 404


async def test_closed_comments_take_no_more(simulator: Simulator) -> None:
    article = await simulator.publish()
    await simulator.call("/cgi-bin/comment/close", {"msg_data_id": article})
    refused = await simulator.client.post(
        "/simulator/phones/田大妈/comments", json={"msg_data_id": article, "text": "还能说吗"}
    )
    assert refused.status_code == 409
    await simulator.call("/cgi-bin/comment/open", {"msg_data_id": article})
    assert await simulator.comment("田大妈", article, "又能说了") == 1


async def test_an_account_without_the_privilege_reads_no_comments(simulator: Simulator) -> None:
    article = await simulator.publish()
    await simulator.put(f"/simulator/accounts/{APP_ID}", {**ACCOUNT, "comment_privilege": False})
    assert (await simulator.call(LIST, _asking(article)))["errcode"] == 88000


async def test_another_accounts_article_is_unknown(simulator: Simulator) -> None:
    other = "wx2c2769f8efd9abc2"
    await simulator.put(f"/simulator/accounts/{other}", ACCOUNT)
    theirs = await simulator.post(f"/simulator/accounts/{other}/articles", {"titles": ["别家"]})
    assert (await simulator.call(LIST, _asking(theirs["msg_data_id"])))["errcode"] == 88001


async def test_malformed_calls_are_answered_as_data(simulator: Simulator) -> None:
    token = await simulator.token()

    async def errcode(method: str, path: str, body: bytes) -> int:
        answer = await simulator.client.request(
            method, path, params={"access_token": token}, content=body
        )
        assert answer.status_code == 200
        code: int = answer.json()["errcode"]
        return code

    assert await errcode("POST", LIST, b"") == 44002
    assert await errcode("POST", LIST, b"{") == 47001
    assert await errcode("POST", LIST, b'{"msg_data_id": "x"}') == 47001
    assert await errcode("GET", LIST, b"") == 43002
    assert await errcode("POST", "/cgi-bin/no/such/thing", b"{}") == 40066
