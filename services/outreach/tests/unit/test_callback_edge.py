"""The callback's address, before anything is known of who calls."""

import asyncio
from typing import cast

import httpx
import pytest
from outreach.api import callback
from outreach.api.callback import AT_ONCE, callback_routes
from outreach.application.ports import Envelope
from outreach.application.receive_callback import ReceiveCallback
from starlette.applications import Starlette


class Slow:
    """Takes each message in as slowly as the test wants, and says how many it had at once."""

    def __init__(self) -> None:
        self.at_once = 0
        self.most_at_once = 0
        self.may_end = asyncio.Event()
        self.full = asyncio.Event()

    async def __call__(self, channel_id: str, envelope: Envelope) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        if self.at_once == AT_ONCE:
            self.full.set()
        try:
            await self.may_end.wait()
        finally:
            self.at_once -= 1


def calling(slow: Slow) -> httpx.AsyncClient:
    app = Starlette(routes=callback_routes(cast("ReceiveCallback", slow)))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://outreach")


async def test_so_many_are_taken_in_at_once_and_the_rest_wait_their_turn() -> None:
    slow = Slow()
    async with calling(slow) as client:
        calls = [
            asyncio.ensure_future(client.post("/wechat/callback/channel_1", content=b"<xml/>"))
            for _ in range(AT_ONCE * 2)
        ]
        await slow.full.wait()
        slow.may_end.set()
        answers = await asyncio.gather(*calls)

    assert {answer.text for answer in answers} == {"success"}
    assert slow.most_at_once == AT_ONCE


async def test_who_gets_no_turn_in_time_is_to_send_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(callback, "ANSWERED_WITHIN_SECONDS", 0.2)
    slow = Slow()
    async with calling(slow) as client:
        answers = await asyncio.gather(
            *(client.post("/wechat/callback/channel_1") for _ in range(AT_ONCE + 1))
        )

    assert {answer.status_code for answer in answers} == {503}
    assert slow.most_at_once == AT_ONCE
