"""Messages of an official account to one follower."""

from wechat_simulator.testing import APP_ID, Simulator

SEND = "/cgi-bin/message/custom/send"


async def _openid(simulator: Simulator) -> str:
    openid: str = (await simulator.get("/simulator/phones"))[0]["openids"][APP_ID]
    return openid


async def _write(simulator: Simulator, text: str) -> None:
    await simulator.post("/simulator/phones/田大妈/messages", {"app_id": APP_ID, "text": text})


def _message(openid: str, text: str) -> dict[str, object]:
    return {"touser": openid, "msgtype": "text", "text": {"content": text}}


async def test_a_follower_who_wrote_gets_a_message(simulator: Simulator) -> None:
    await _write(simulator, "在吗")
    sent = await simulator.call(SEND, _message(await _openid(simulator), "在，请讲"))
    assert sent == {"errcode": 0, "errmsg": "ok"}
    assert await simulator.screen("田大妈") == [("account_message", "在，请讲")]


async def test_nobody_gets_a_message_without_having_written(simulator: Simulator) -> None:
    sent = await simulator.call(SEND, _message(await _openid(simulator), "您好"))
    assert sent["errcode"] == 45015
    assert await simulator.screen("田大妈") == []


async def test_the_window_closes_after_48_hours(simulator: Simulator) -> None:
    await _write(simulator, "在吗")
    openid = await _openid(simulator)
    simulator.clock.advance(hours=48, seconds=-1)
    assert (await simulator.call(SEND, _message(openid, "刚看到")))["errcode"] == 0
    simulator.clock.advance(seconds=1)
    assert (await simulator.call(SEND, _message(openid, "晚了")))["errcode"] == 45015
    assert await simulator.screen("田大妈") == [("account_message", "刚看到")]


async def test_five_messages_answer_one(simulator: Simulator) -> None:
    await _write(simulator, "在吗")
    openid = await _openid(simulator)
    for number in range(5):
        assert (await simulator.call(SEND, _message(openid, f"{number}")))["errcode"] == 0
    assert (await simulator.call(SEND, _message(openid, "6")))["errcode"] == 45047
    await _write(simulator, "还在吗")
    assert (await simulator.call(SEND, _message(openid, "在")))["errcode"] == 0


async def test_who_follows_no_more_gets_nothing(simulator: Simulator) -> None:
    await _write(simulator, "在吗")
    await simulator.client.delete(f"/simulator/phones/田大妈/follows/{APP_ID}")
    sent = await simulator.call(SEND, _message(await _openid(simulator), "在"))
    assert sent["errcode"] == 45015
    written = await simulator.client.post(
        "/simulator/phones/田大妈/messages", json={"app_id": APP_ID, "text": "喂"}
    )
    assert written.status_code == 409


async def test_unfit_messages_are_refused(simulator: Simulator) -> None:
    await _write(simulator, "在吗")
    openid = await _openid(simulator)
    unknown = await simulator.call(SEND, _message("o" + "x" * 27, "谁"))
    picture = await simulator.call(SEND, {"touser": openid, "msgtype": "image"})
    empty = await simulator.call(SEND, _message(openid, ""))
    long = await simulator.call(SEND, _message(openid, "长" * 700))
    codes = [answer["errcode"] for answer in (unknown, picture, empty, long)]
    assert codes == [40003, 40008, 44004, 45002]
    assert await simulator.screen("田大妈") == []
