"""The endpoint over real HTTP and real sockets."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from chassis.graphql import Schema
from chassis.graphql_endpoint import graphql_routes
from chassis.server import Service
from chassis.testing import REQUESTS, FrozenClock
from chassis.testing_tokens import TokenMint
from chassis.testing_waits import until
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from .served_graph import ask, begin, next_message, opened_socket, params, send, served, subscribe


@pytest.fixture
def service(bakery_schema: Schema, bakery: Any, mint: TokenMint) -> Service:
    service = Service("bakery-api", host="127.0.0.1", port=0, body_limit_bytes=100_000)
    service.routes += graphql_routes(
        bakery_schema,
        application=bakery,
        authenticator=mint.authenticator(),
        requests=REQUESTS,
    )
    return service


@pytest.fixture
async def address(service: Service) -> AsyncIterator[str]:
    async with served(service) as address:
        yield address


@pytest.fixture
async def client(address: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"http://{address}") as client:
        yield client


async def test_a_token_says_who_asks(client: httpx.AsyncClient, mint: TokenMint) -> None:
    assert await ask(client, "{ me }", **mint.headers("baker")) == {"data": {"me": "account_1"}}


async def test_an_address_is_the_one_that_a_trusted_proxy_names(
    client: httpx.AsyncClient,
) -> None:
    assert await ask(client, "{ whence }") == {"data": {"whence": "127.0.0.1"}}
    named = {"x-forwarded-for": "203.0.113.7"}
    assert await ask(client, "{ whence }", **named) == {"data": {"whence": "203.0.113.7"}}


async def test_a_stranger_cannot_name_an_address(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "203.0.113.0/24")
    async with (
        served(service) as address,
        httpx.AsyncClient(base_url=f"http://{address}") as client,
    ):
        answer = await ask(client, "{ whence }", **{"x-forwarded-for": "203.0.113.7"})
    assert answer == {"data": {"whence": "127.0.0.1"}}


async def test_nobody_gets_what_nobody_needs_a_name_for(client: httpx.AsyncClient) -> None:
    answer = await ask(client, "{ __typename me }")
    assert answer["data"] == {"__typename": "Query", "me": None}
    assert answer["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}


async def test_a_bad_token_is_never_nobody(client: httpx.AsyncClient, mint: TokenMint) -> None:
    ended = mint.headers(session_id="session_2")
    mint.revoked.revoke("session_2", FrozenClock()())
    bad = [{"authorization": value} for value in ("Bearer x", "Basic eA==", "")]
    for headers in (*bad, ended, mint.headers(aud="others")):
        answer = await ask(client, "{ __typename }", **headers)
        assert answer["data"] is None
        assert [e["extensions"]["code"] for e in answer["errors"]] == ["UNAUTHENTICATED"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "BAD_USER_INPUT"),
        (b"\xff\xfe", 400, "BAD_USER_INPUT"),
        (b'"x"', 400, "BAD_USER_INPUT"),
        (b"7", 400, "BAD_USER_INPUT"),
        (b"null", 400, "BAD_USER_INPUT"),
        (b"{}", 400, "BAD_USER_INPUT"),
        (b'{"query": 7}', 400, "BAD_USER_INPUT"),
        (b'{"query": "{ me }", "variables": []}', 400, "BAD_USER_INPUT"),
        (b'{"query": "{ me }", "operationName": "nope"}', 400, "BAD_USER_INPUT"),
        (b'{"query": "{ me }", "operationName": 7}', 400, "BAD_USER_INPUT"),
        (b'{"query": "{ me }", "operationName": {"a": 1}}', 400, "BAD_USER_INPUT"),
        (b'{"query": "{ me }", "variables": {"a": "\\ud800"}}', 400, "BAD_USER_INPUT"),
        (b'{"query": "query a { me } query b { me }"}', 200, "BAD_USER_INPUT"),
        (b'{"query": "query a { me } query b { me }", "operationName": ""}', 400, "BAD_USER_INPUT"),
        (b'[{"query": "{ me }"}]', 200, "QUERY_REFUSED"),
        (b"x" * 100_001, 413, "QUERY_REFUSED"),
    ],
)
async def test_a_request_that_is_no_operation_is_refused_by_name(
    client: httpx.AsyncClient, body: bytes, status: int, code: str
) -> None:
    headers = {"content-type": "application/json"}
    answer = await client.post("/graphql", content=body, headers=headers)
    assert answer.status_code == status
    assert [e["extensions"]["code"] for e in answer.json()["errors"]] == [code]


async def test_a_subscription_needs_a_socket(client: httpx.AsyncClient, mint: TokenMint) -> None:
    answer = await ask(client, "subscription { news }", **mint.headers("baker"))
    assert [e["extensions"]["code"] for e in answer["errors"]] == ["BAD_USER_INPUT"]


async def test_a_mistake_of_ours_is_internal(
    client: httpx.AsyncClient, mint: TokenMint, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_: object, kid: str) -> None:
        raise ValueError("secret")

    monkeypatch.setattr(TokenMint, "key", broken)
    answer = await client.post("/graphql", json={"query": "{ me }"}, headers=mint.headers())
    assert answer.status_code == 500
    (error,) = answer.json()["errors"]
    assert error["extensions"].keys() == {"code", "errorId"}
    assert "secret" not in answer.text


async def test_a_mutation_is_never_a_get(client: httpx.AsyncClient) -> None:
    query = 'mutation { bake(how: "well") { __typename } }'
    answer = await client.get("/graphql", params={"query": query})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
async def test_a_body_that_does_not_say_it_is_json_is_not_read(
    client: httpx.AsyncClient, media_type: str
) -> None:
    headers = {"content-type": media_type}
    answer = await client.post("/graphql", content=b'{"query": "{ me }"}', headers=headers)
    assert answer.status_code == 415
    assert answer.json()["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}


async def _closed_with(socket: ClientConnection) -> int:
    with pytest.raises(ConnectionClosed) as closed:
        await asyncio.wait_for(socket.recv(), 5)
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code


async def test_a_subscriber_hears_what_happens(address: str, bakery: Any, mint: TokenMint) -> None:
    async with opened_socket(address) as socket:
        await begin(socket, params(mint))
        assert (await subscribe(socket))["payload"] == {"data": {"news": "account_1"}}
        bakery.door.set()
        assert (await next_message(socket))["payload"] == {"data": {"news": "door"}}
        assert (await next_message(socket))["type"] == "complete"


async def test_a_socket_closes_when_its_session_is_ended(
    address: str, bakery: Any, mint: TokenMint
) -> None:
    async with opened_socket(address) as socket, opened_socket(address) as other:
        await begin(socket, params(mint))
        await begin(other, params(mint, session_id="session_2"))
        await subscribe(socket)
        await subscribe(other)
        mint.revoked.revoke("session_1", FrozenClock()())
        assert await _closed_with(socket) == 4401
        await until(lambda: bakery.followers == 1)
        bakery.door.set()
        assert (await next_message(other))["payload"] == {"data": {"news": "door"}}


async def test_a_socket_closes_when_its_token_expires(
    address: str, bakery: Any, mint: TokenMint, clock: FrozenClock
) -> None:
    token = mint.token("baker")
    clock.advance(seconds=599.8)
    async with opened_socket(address) as socket:
        await begin(socket, {"Authorization": f"Bearer {token}"})
        await subscribe(socket)
        assert await _closed_with(socket) == 4401
    await until(lambda: bakery.followers == 0)


@pytest.mark.parametrize("value", ["Bearer x", "", 7, {"a": 1}, ["Bearer x"]])
async def test_a_socket_with_a_bad_token_is_closed_at_once(address: str, value: object) -> None:
    async with opened_socket(address) as socket:
        await send(socket, type="connection_init", payload={"Authorization": value})
        assert await _closed_with(socket) == 4401


async def test_a_socket_knows_the_address_too(address: str) -> None:
    async with opened_socket(address, **{"x-forwarded-for": "203.0.113.7"}) as socket:
        await begin(socket, {})
        answer = await subscribe(socket, "{ whence }")
        assert answer["payload"] == {"data": {"whence": "203.0.113.7"}}


async def test_a_socket_of_nobody_hears_nothing(address: str) -> None:
    async with opened_socket(address) as socket:
        await begin(socket, {})
        refused = await subscribe(socket)
        assert refused["payload"]["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}


async def test_errors_over_a_socket_are_masked(address: str, mint: TokenMint) -> None:
    async with opened_socket(address) as socket:
        await begin(socket, params(mint))
        await subscribe(socket, 'subscription { news(how: "value") }')
        failed = await next_message(socket)
        assert failed["payload"]["errors"][0]["extensions"]["code"] == "INTERNAL"
        assert "secret" not in json.dumps(failed)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("subscription { nope }", "BAD_USER_INPUT"),
        ("subscription {", "BAD_USER_INPUT"),
        ("subscription a { news } subscription b { news }", "BAD_USER_INPUT"),
        ("subscription {" + " ".join(f"a{n}: news" for n in range(51)) + "}", "QUERY_REFUSED"),
    ],
)
async def test_a_bad_document_over_a_socket_is_refused_by_name(
    address: str, mint: TokenMint, query: str, code: str
) -> None:
    async with opened_socket(address) as socket:
        await begin(socket, params(mint))
        refused = await subscribe(socket, query)
        assert refused["type"] == "error"
        assert refused["payload"][0]["extensions"] == {"code": code}


@pytest.mark.parametrize("half", ['"\\ud800"', '"a\\udc00b"', "NaN", "[[[Infinity]]]"])
async def test_half_a_character_over_a_socket_costs_its_own_operation(
    address: str, bakery: Any, mint: TokenMint, half: str
) -> None:
    async with opened_socket(address) as socket:
        await begin(socket, params(mint))
        await subscribe(socket)
        query = "mutation($how: String!) { bake(how: $how) { __typename } }"
        message = {"id": "2", "type": "subscribe", "payload": {"query": query, "variables": "?"}}
        await socket.send(json.dumps(message).replace('"?"', f'{{"how": {half}}}'))
        refused = await next_message(socket)
        assert (refused["id"], refused["type"]) == ("2", "error")
        assert refused["payload"][0]["extensions"] == {"code": "BAD_USER_INPUT"}
        bakery.door.set()
        assert (await next_message(socket))["payload"] == {"data": {"news": "door"}}


async def test_half_a_character_before_the_token_closes_the_socket(address: str) -> None:
    async with opened_socket(address) as socket:
        await socket.send('{"id": "1", "type": "subscribe", "payload": {"query": "\\ud800"}}')
        assert await _closed_with(socket) == 4401


@pytest.mark.parametrize(
    "message",
    ["{", '"x"', "7", "null", "[]", '{"type": "nope"}', '{"type": 7}', "{}",
     '{"type": "connection_init", "payload": 7}',
     '{"type": "subscribe", "id": "1", "payload": {"query": "{ me }"}}'],
)  # fmt: skip
async def test_a_message_that_is_none_closes_the_socket(address: str, message: str) -> None:
    async with opened_socket(address) as socket:
        await socket.send(message)
        assert await _closed_with(socket) in {4400, 4401}


@pytest.mark.parametrize(
    "message",
    ['{"type": "subscribe", "id": "1"}', '{"type": "subscribe", "id": "1", "payload": 7}',
     '{"type": "subscribe", "id": 7, "payload": {"query": "{ me }"}}',
     '{"type": "subscribe", "id": {}, "payload": {"query": "{ me }"}}',
     '{"type": "subscribe", "id": "1", "payload": {"query": 7}}',
     '{"type": "subscribe", "id": "1", "payload": {"query": "{ me }", "variables": [1]}}',
     '{"type": "subscribe", "id": "1", "payload": {"query": "{ me }", "operationName": 7}}',
     '{"type": "complete"}', '{"type": "complete", "id": {}}',
     '{"type": "subscribe", "id": "\\ud800", "payload": {"query": "{ me }"}}',
     '{"type": "ping", "id": "\\ud800"}', "NaN", "[" * 50_000],
)  # fmt: skip
async def test_a_malformed_message_closes_the_socket(
    address: str, mint: TokenMint, message: str
) -> None:
    async with opened_socket(address) as socket:
        await begin(socket, params(mint))
        await socket.send(message)
        assert await _closed_with(socket) == 4400


async def test_binary_frames_close_the_socket(address: str) -> None:
    async with opened_socket(address) as socket:
        await socket.send(b"x")
        assert await _closed_with(socket) == 4400


async def test_a_subscriber_that_leaves_is_forgotten(
    address: str, bakery: Any, mint: TokenMint
) -> None:
    async with opened_socket(address) as socket:
        await begin(socket, params(mint))
        await subscribe(socket)
        assert bakery.followers == 1
    await until(lambda: bakery.followers == 0)
