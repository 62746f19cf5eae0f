"""A body over the limit is refused, whether it says its length or not, and one that never ends."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from chassis.body_limit import BodyLimit
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send


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


async def _never_fails(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers whatever is wrong with the body, as an endpoint that masks its errors does."""
    try:
        await Request(scope, receive).body()
    except Exception as error:
        await PlainTextResponse(type(error).__name__, 500)(scope, receive, send)
    else:
        await PlainTextResponse("read")(scope, receive, send)


async def test_an_application_that_catches_everything_does_not_answer_in_its_place() -> None:
    app = BodyLimit(_never_fails, limit_bytes=100)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bakery")

    assert (await client.post("/", content=_stream(11))).status_code == 413
    assert (await client.post("/", content=_stream(10))).text == "read"


@pytest.mark.parametrize("app", [_echo_length, _never_fails])
@pytest.mark.parametrize(
    ("then", "status"), [(None, 408), ({"type": "http.disconnect"}, 400)], ids=["slow", "gone"]
)
async def test_a_body_that_does_not_end_is_refused_by_name(
    app: ASGIApp, then: Message | None, status: int
) -> None:
    pieces: list[Message] = [{"type": "http.request", "body": b"x", "more_body": True}]
    if then:
        pieces.append(then)
    sent: list[Message] = []

    async def receive() -> Message:
        if not pieces:
            await asyncio.Event().wait()
        return pieces.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    limited = BodyLimit(app, limit_bytes=100, read_within_seconds=0.05)
    await limited({"type": "http", "path": "/", "method": "POST", "headers": []}, receive, send)

    start, body = sent
    assert (start["status"], (b"connection", b"close") in start["headers"]) == (status, True)
    assert b"BAD_USER_INPUT" in body["body"]


async def test_who_waits_for_the_end_of_a_whole_request_is_given_time() -> None:
    heard: list[str] = []

    async def waits_for_the_end(scope: Scope, receive: Receive, send: Send) -> None:
        await Request(scope, receive).body()
        heard.append((await receive())["type"])

    async def receive() -> Message:
        if heard_once:
            await asyncio.sleep(0.1)
            return {"type": "http.disconnect"}
        heard_once.append(True)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(_: Message) -> None:
        raise AssertionError("nothing is answered")

    heard_once: list[bool] = []
    limited = BodyLimit(waits_for_the_end, limit_bytes=100, read_within_seconds=0.02)
    await limited({"type": "http", "path": "/", "method": "GET", "headers": []}, receive, send)

    assert heard == ["http.disconnect"]
