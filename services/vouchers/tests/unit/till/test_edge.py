"""What a till is answered over HTTP, whatever it sends."""

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from chassis.encryption import KEY_BYTES, LookupHash
from chassis.identity import Principal, Role
from chassis.ids import derived_id
from chassis.requests import Requests
from starlette.applications import Starlette
from starlette.types import Message
from vouchers.api.till.edge import TillEdge
from vouchers.domain.cards.voucher import Voucher
from vouchers.domain.cards.wrong_codes import WRONG_CODES_TAKEN

from ...neighbourhood import COMMUNITY, Neighbourhood, store_id


class OneTill:
    """Whoever asks is the noodle shop's till."""

    def __init__(self, here: Neighbourhood) -> None:
        self._here = here

    async def authenticate(self, _: object) -> Principal:
        return Principal(
            account_id="client_1",
            session_id="session_1",
            community_id=COMMUNITY,
            roles=(Role("merchant", (derived_id("merchant", "面馆"),)),),
            client="till",
            expires_at=self._here.clock() + timedelta(minutes=10),
        )


class Counter:
    """Anna's voucher, and a till that is asked over HTTP."""

    def __init__(self, here: Neighbourhood, voucher: Voucher, code: str) -> None:
        self.here, self.voucher, self.code = here, voucher, code
        authenticator: Any = OneTill(here)
        edge = TillEdge(here.till, authenticator, Requests(LookupHash(bytes(KEY_BYTES))))
        self.app = Starlette(routes=edge.routes())

    async def post(self, path: str, content: bytes, key: str = "key-1") -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://till") as client:
            return await client.post(
                f"/till/v1/{path}", content=content, headers={"Idempotency-Key": key}
            )

    async def redeem(self, code: str, key: str = "key-1") -> httpx.Response:
        body = {"code": code, "billFen": 6_000, "storeId": store_id()}
        return await self.post("redemptions", json.dumps(body).encode(), key)


@pytest.fixture
async def counter(here: Neighbourhood) -> Counter:
    campaign = await here.campaign()
    await here.merchant()
    anna = await here.neighbour("安娜")
    voucher = await here.claimed(anna, campaign)
    return Counter(here, voucher, await here.code(anna, voucher))


@pytest.mark.parametrize("path", ["redemptions", "vouchers/preview"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'"text"',
        b'{"code":"\\ud800","billFen":1,"storeId":"1"',
        b'{"code":1,"billFen":1,"storeId":"1"}',
        b'{"code":"1","billFen":1e999,"storeId":"1"}',
        b'{"zz":' + b"[" * 1_900 + b"]" * 1_900 + b"}",
        b'{"zz":' + b'{"a":' * 600 + b"1" + b"}" * 600 + b"}",
        b"[" * 4_096,
    ],
)
async def test_a_body_of_another_form_is_named_so(counter: Counter, path: str, body: bytes) -> None:
    answer = await counter.post(path, body)

    assert (answer.status_code, answer.json()["code"]) == (422, "BAD_USER_INPUT")
    assert await counter.here.voucher(counter.voucher) == counter.voucher


async def test_a_till_that_hangs_up_is_no_failure(counter: Counter) -> None:
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/till/v1/redemptions",
        "headers": [(b"idempotency-key", b"1")],
        "query_string": b"",
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await counter.app(scope, receive, send)

    assert sent[0]["status"] == 422
    assert await counter.here.voucher(counter.voucher) == counter.voucher


async def test_after_too_many_wrong_codes_the_right_one_is_refused(counter: Counter) -> None:
    for number in range(WRONG_CODES_TAKEN):
        wrong = await counter.redeem(f"{number:020}", key=str(number))
        assert (wrong.status_code, wrong.json()["code"]) == (422, "CODE_INVALID")

    right = await counter.redeem(counter.code)

    assert (right.status_code, right.json()["code"]) == (429, "RATE_LIMITED")
    assert 0 < int(right.headers["retry-after"]) <= 600
    assert await counter.here.voucher(counter.voucher) == counter.voucher
