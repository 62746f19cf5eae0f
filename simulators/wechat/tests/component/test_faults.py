"""Faults that a test asks for, and quotas."""

import httpx
import pytest
from wechat_simulator.testing import APP_ID, Simulator

LIST = "/cgi-bin/comment/list"
REPLY = "/cgi-bin/comment/reply/add"


async def _article_with_comment(simulator: Simulator) -> tuple[int, int]:
    article = await simulator.publish()
    return article, await simulator.comment("田大妈", article, "水压太小了")


def _reply(article: int, number: int) -> dict[str, object]:
    return {"msg_data_id": article, "user_comment_id": number, "content": "今天就去看"}


@pytest.mark.parametrize(("kind", "errcode"), [("busy", -1), ("rate_limit", 45009)])
async def test_a_refusal_changes_nothing_and_wears_off(
    simulator: Simulator, kind: str, errcode: int
) -> None:
    article, number = await _article_with_comment(simulator)
    await simulator.post("/simulator/faults", {"kind": kind, "path": REPLY, "times": 1})
    assert (await simulator.call(REPLY, _reply(article, number)))["errcode"] == errcode
    assert await simulator.screen("田大妈") == []
    assert (await simulator.call(REPLY, _reply(article, number)))["errcode"] == 0


async def test_a_server_error_is_a_page_and_changes_nothing(simulator: Simulator) -> None:
    article, number = await _article_with_comment(simulator)
    token = await simulator.token()
    await simulator.post("/simulator/faults", {"kind": "server_error", "path": REPLY})
    answer = await simulator.client.post(
        REPLY, params={"access_token": token}, json=_reply(article, number)
    )
    assert (answer.status_code, "<html>" in answer.text) == (502, True)
    assert await simulator.screen("田大妈") == []
    (await simulator.client.delete("/simulator/faults")).raise_for_status()
    assert (await simulator.call(REPLY, _reply(article, number)))["errcode"] == 0


async def test_a_dropped_answer_was_acted_on(simulator: Simulator) -> None:
    article, number = await _article_with_comment(simulator)
    token = await simulator.token()
    await simulator.post("/simulator/faults", {"kind": "drop_answer", "path": REPLY, "times": 1})
    with pytest.raises(httpx.RemoteProtocolError):
        await simulator.client.post(
            REPLY, params={"access_token": token}, json=_reply(article, number)
        )
    assert await simulator.screen("田大妈") == [("comment_reply", "今天就去看")]
    assert (await simulator.call(REPLY, _reply(article, number)))["errcode"] == 88005


async def test_a_slow_answer_was_acted_on_before(simulator: Simulator) -> None:
    article, number = await _article_with_comment(simulator)
    token = await simulator.token()
    slow = {"kind": "slow", "path": REPLY, "times": 1, "seconds": 1}
    await simulator.post("/simulator/faults", slow)
    with pytest.raises(httpx.ReadTimeout):
        await simulator.client.post(
            REPLY, params={"access_token": token}, json=_reply(article, number), timeout=0.2
        )
    assert await simulator.screen("田大妈") == [("comment_reply", "今天就去看")]


async def test_openids_can_be_hidden(simulator: Simulator) -> None:
    article, _ = await _article_with_comment(simulator)
    await simulator.post("/simulator/faults", {"kind": "hide_openid", "app_id": APP_ID})
    asked = {"msg_data_id": article, "begin": 0, "count": 9, "type": 0}
    assert "openid" not in (await simulator.call(LIST, asked))["comment"][0]
    assert [fault["kind"] for fault in await simulator.get("/simulator/faults")] == ["hide_openid"]


async def test_a_fault_of_another_account_or_path_is_not_met(simulator: Simulator) -> None:
    article, number = await _article_with_comment(simulator)
    await simulator.post("/simulator/faults", {"kind": "busy", "path": LIST})
    await simulator.post("/simulator/faults", {"kind": "busy", "app_id": "wx2c2769f8efd9abc2"})
    assert (await simulator.call(REPLY, _reply(article, number)))["errcode"] == 0


async def test_quotas_end_with_the_day_in_beijing_and_with_the_minute(simulator: Simulator) -> None:
    article, _ = await _article_with_comment(simulator)
    asked = {"msg_data_id": article, "begin": 0, "count": 9, "type": 0}
    quotas = f"/simulator/accounts/{APP_ID}/quotas"

    await simulator.put(quotas, {"path": LIST, "per_day": 2})
    codes = [(await simulator.call(LIST, asked))["errcode"] for _ in range(3)]
    assert codes == [0, 0, 45009]
    simulator.clock.advance(hours=10)  # from 14:00 to midnight in Beijing
    assert (await simulator.call(LIST, asked))["errcode"] == 0

    await simulator.put(quotas, {"path": LIST, "per_minute": 1})
    simulator.clock.advance(minutes=1)
    assert (await simulator.call(LIST, asked))["errcode"] == 0
    assert (await simulator.call(LIST, asked))["errcode"] == 45011
    simulator.clock.advance(minutes=1)
    assert (await simulator.call(LIST, asked))["errcode"] == 0
