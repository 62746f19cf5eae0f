"""Callbacks: verified addresses, encrypted pushes, attempts and what ends them."""

import asyncio
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from starlette.responses import PlainTextResponse, Response
from wechat_simulator.callback_crypto import decrypt, encrypt, signature
from wechat_simulator.callbacks import OUT_OF_ORDER
from wechat_simulator.testing import (
    ACCOUNT,
    APP_ID,
    CallbackServer,
    Simulator,
    eventually,
    simulating,
)

KEY = str(ACCOUNT["encoding_aes_key"])
TOKEN = str(ACCOUNT["token"])
CALLBACK = f"/simulator/accounts/{APP_ID}/callback"


async def _write(simulator: Simulator, text: str) -> str:
    written = await simulator.post(
        "/simulator/phones/田大妈/messages", {"app_id": APP_ID, "text": text}
    )
    msg_id: str = written["msg_id"]
    return msg_id


def _message(push: tuple[dict[str, str], str]) -> str:
    query, body = push
    envelope = fromstring(body)
    encrypted = envelope.findtext("Encrypt")
    assert encrypted is not None
    assert envelope.findtext("ToUserName") == ACCOUNT["original_id"]
    assert query["encrypt_type"] == "aes"
    assert query["signature"] == signature(TOKEN, query["timestamp"], query["nonce"])
    signed = signature(TOKEN, query["timestamp"], query["nonce"], encrypted)
    assert query["msg_signature"] == signed
    return decrypt(encrypted, encoding_aes_key=KEY, app_id=APP_ID)


async def test_an_address_that_returns_the_echo_is_saved(
    simulator: Simulator, callback_server: CallbackServer
) -> None:
    account = await simulator.put(CALLBACK, {"url": callback_server.url})
    assert account["callback_url"] == callback_server.url


async def test_an_address_that_does_not_return_the_echo_is_not_saved(
    simulator: Simulator, callback_server: CallbackServer
) -> None:
    callback_server.echo = lambda echo: echo + "!"
    for url in (callback_server.url, "http://127.0.0.1:9/callback"):
        answer = await simulator.client.put(CALLBACK, json={"url": url})
        assert answer.status_code == 409
    assert (await simulator.get("/simulator/accounts"))[0]["callback_url"] is None


async def test_a_message_is_pushed_signed_and_encrypted(
    simulator: Simulator, callback_server: CallbackServer
) -> None:
    await simulator.put(CALLBACK, {"url": callback_server.url})
    msg_id = await _write(simulator, "电线露着 ]]> 危险")
    delivery = await simulator.delivery()
    assert (delivery["state"], [a["outcome"] for a in delivery["attempts"]]) == (
        "accepted",
        ["success"],
    )
    (push,) = callback_server.pushes
    message = fromstring(_message(push))
    assert message.findtext("Content") == "电线露着 ]]> 危险"
    assert message.findtext("MsgType") == "text"
    assert message.findtext("MsgId") == msg_id
    assert message.findtext("FromUserName") == push[0]["openid"]
    assert "电线" not in push[1]


async def test_a_follow_is_pushed_as_an_event(
    simulator: Simulator, callback_server: CallbackServer
) -> None:
    await simulator.put(CALLBACK, {"url": callback_server.url})
    await simulator.put("/simulator/phones/李叔", {})
    await simulator.post("/simulator/phones/李叔/follows", {"app_id": APP_ID})
    await simulator.delivery()
    message = fromstring(_message(callback_server.pushes[0]))
    assert (message.findtext("MsgType"), message.findtext("Event")) == ("event", "subscribe")


async def test_a_failing_server_is_tried_three_times_with_the_same_message(
    simulator: Simulator, callback_server: CallbackServer
) -> None:
    await simulator.put(CALLBACK, {"url": callback_server.url})

    async def fail() -> Response:
        return PlainTextResponse("no", status_code=503)

    callback_server.respond = fail
    await _write(simulator, "在吗")
    delivery = await simulator.delivery()
    assert delivery["state"] == "failed"
    assert [a["outcome"] for a in delivery["attempts"]] == ["HTTP 503"] * 3
    assert len({_message(push) for push in callback_server.pushes}) == 1
    assert len({push[1] for push in callback_server.pushes}) == 3, "each encrypted anew"
    assert await simulator.screen("田大妈") == [("fault_notice", OUT_OF_ORDER)]


async def test_a_server_that_recovers_gets_no_further_attempt(
    simulator: Simulator, callback_server: CallbackServer
) -> None:
    await simulator.put(CALLBACK, {"url": callback_server.url})

    async def fail_first() -> Response:
        return PlainTextResponse("", status_code=500 if len(callback_server.pushes) == 1 else 200)

    callback_server.respond = fail_first
    await _write(simulator, "在吗")
    delivery = await simulator.delivery()
    assert delivery["state"] == "accepted"
    assert [a["outcome"] for a in delivery["attempts"]] == ["HTTP 500", "empty"]
    assert await simulator.screen("田大妈") == []


async def test_an_answer_that_comes_too_late_is_no_answer(
    simulator: Simulator, callback_server: CallbackServer
) -> None:
    await simulator.put(CALLBACK, {"url": callback_server.url})

    async def hang_first() -> Response:
        if len(callback_server.pushes) == 1:
            await asyncio.Event().wait()
        return PlainTextResponse("success")

    callback_server.respond = hang_first
    await _write(simulator, "在吗")
    delivery = await simulator.delivery()
    assert [a["outcome"] for a in delivery["attempts"]] == ["TimeoutError", "success"]


async def test_an_encrypted_passive_reply_is_shown_on_the_phone(
    simulator: Simulator, callback_server: CallbackServer
) -> None:
    await simulator.put(CALLBACK, {"url": callback_server.url})

    async def reply() -> Response:
        xml = "<xml><MsgType>text</MsgType><Content><![CDATA[已收到]]></Content></xml>"
        encrypted = encrypt(xml, encoding_aes_key=KEY, app_id=APP_ID, random=bytes(16))
        return PlainTextResponse(f"<xml><Encrypt>{encrypted}</Encrypt></xml>")

    callback_server.respond = reply
    await _write(simulator, "在吗")
    await simulator.delivery()
    assert await simulator.screen("田大妈") == [("account_message", "已收到")]


@pytest.mark.parametrize("body", ["ok", "<xml><Content>明文</Content></xml>", "<xml>"])
async def test_an_answer_that_is_no_reply_shows_a_notice(
    simulator: Simulator, callback_server: CallbackServer, body: str
) -> None:
    await simulator.put(CALLBACK, {"url": callback_server.url})

    async def respond() -> Response:
        return PlainTextResponse(body)

    callback_server.respond = respond
    await _write(simulator, "在吗")
    assert (await simulator.delivery())["state"] == "failed"
    assert len(callback_server.pushes) == 1
    assert await simulator.screen("田大妈") == [("fault_notice", OUT_OF_ORDER)]


async def test_a_restart_keeps_everything_and_goes_on_delivering(
    tmp_path: Path, callback_server: CallbackServer
) -> None:
    state = str(tmp_path / "wechat.sqlite")
    hanging = asyncio.Event()

    async def hang() -> Response:
        hanging.set()
        await asyncio.Event().wait()
        raise AssertionError

    async with simulating(state) as before:
        await before.put(CALLBACK, {"url": callback_server.url})
        article = await before.publish()
        await before.comment("田大妈", article, "水压太小了")
        callback_server.respond = hang
        await _write(before, "在吗")
        await hanging.wait()
        screen = await before.get("/simulator/phones/田大妈/screen")
        token = await before.token()
    callback_server.respond = None

    async with simulating(state) as after:
        assert (await after.delivery())["state"] == "accepted"
        assert await after.get("/simulator/phones/田大妈/screen") == screen
        asked = {"msg_data_id": article, "begin": 0, "count": 9, "type": 0}
        listed = await after.call("/cgi-bin/comment/list", asked, token=token)
        assert listed["comment"][0]["content"] == "水压太小了"
        assert await after.comment("田大妈", article, "还是小") == 2


async def test_an_account_without_a_callback_address_is_not_pushed_to(simulator: Simulator) -> None:
    await _write(simulator, "在吗")

    async def items() -> list[object] | None:
        found: list[object] = (await simulator.get("/simulator/phones/田大妈/screen"))["items"]
        return found or None

    assert len(await eventually(items)) == 1
    assert await simulator.get("/simulator/deliveries") == []
