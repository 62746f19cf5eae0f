"""A body over the limit is refused, whether it says its length or not."""

from collections.abc import AsyncIterator

import httpx
import pytest
from chassis.body_limit import BodyLimit
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send


async def _echo_length(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(str(len(body)))(scope, receive, send)


async def _stream(count: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b"x" * 10


@pytest.fixture
def client() -> httpx.AsyncClient:
    app = BodyLimit(_echo_length, limit_bytes=100)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bakery")


async def test_a_body_within_the_limit_passes(client: httpx.AsyncClient) -> None:
    assert (await client.post("/", content=b"x" * 100)).text == "100"
    assert (await client.post("/", content=_stream(10))).text == "100"
    assert (await client.get("/")).text == "0"


async def test_a_body_over_the_limit_is_refused(client: httpx.AsyncClient) -> None:
    for content in (b"x" * 101, _stream(11)):
        answer = await client.post("/", content=content)
        assert answer.status_code == 413
        assert answer.json()["errors"][0]["extensions"]["code"] == "QUERY_REFUSED"


async def test_a_route_that_counts_itself_is_left_to_it_and_no_other() -> None:
    app = BodyLimit(_echo_length, limit_bytes=100, counts_itself={"/ovens"})
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bakery")

    assert (await client.post("/ovens", content=_stream(11))).text == "110"
    assert (await client.post("/ovens", content=b"x" * 101)).text == "101"
    assert (await client.post("/ovens/1", content=b"x" * 101)).status_code == 413


async def test_a_path_with_a_slash_at_its_end_stands_for_all_below_it() -> None:
    app = BodyLimit(_echo_length, limit_bytes=100, counts_itself={"/ovens/"})
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bakery")

    assert (await client.put("/ovens/1", content=b"x" * 101)).text == "101"
    for other in ("/ovens", "/shop/ovens/1"):
        assert (await client.put(other, content=b"x" * 101)).status_code == 413
