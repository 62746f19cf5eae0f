"""The subscription, against a server that speaks graphql-transport-ws."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from story.stopped import StoryStopped
from story.subscription import subscribed
from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

Play = Callable[[ServerConnection], Awaitable[None]]


@asynccontextmanager
async def _gateway(play: Play, seen: list[Any]) -> AsyncIterator[str]:
    async def handle(connection: ServerConnection) -> None:
        seen.append(json.loads(await connection.recv()))
        await connection.send(json.dumps({"type": "connection_ack"}))
        seen.append(json.loads(await connection.recv()))
        await play(connection)

    protocol = Subprotocol("graphql-transport-ws")
    async with serve(handle, "127.0.0.1", 0, subprotocols=[protocol]) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        yield f"http://127.0.0.1:{port}"


async def _next(connection: ServerConnection, state: str) -> None:
    data = {"issueUpdated": {"state": state}}
    message = {"id": "1", "type": "next", "payload": {"data": data}}
    await connection.send(json.dumps(message))


async def test_brings_the_states_in_order_and_answers_pings() -> None:
    seen: list[Any] = []

    async def play(connection: ServerConnection) -> None:
        await _next(connection, "NEW")
        await connection.send(json.dumps({"type": "ping"}))
        seen.append(json.loads(await connection.recv()))
        await _next(connection, "ACKNOWLEDGED")
        await connection.wait_closed()

    async with (
        _gateway(play, seen) as gateway,
        subscribed(
            gateway, "IssueUpdated", "issueUpdated", {"id": "issue_1"}, token="token"
        ) as updates,
    ):
        first = await updates.next_where("the first", lambda issue: True)
        then = await updates.next_where("it", lambda issue: issue["state"] == "ACKNOWLEDGED")
    assert (first["state"], then["state"]) == ("NEW", "ACKNOWLEDGED")
    init, subscribe, pong = seen[:3]
    assert init["payload"] == {"Authorization": "Bearer token"}
    assert subscribe["payload"]["variables"] == {"id": "issue_1"}
    assert pong == {"type": "pong"}


async def test_a_socket_that_closes_stops_the_story() -> None:
    async def play(connection: ServerConnection) -> None:
        await connection.close(4401, "Unauthorized")

    async with _gateway(play, []) as gateway:
        with pytest.raises(StoryStopped, match="stays open"):
            async with subscribed(
                gateway, "IssueUpdated", "issueUpdated", {"id": "issue_1"}, token="token"
            ) as updates:
                await updates.next_where("anything", lambda issue: True)


async def test_a_refused_subscription_stops_the_story() -> None:
    async def play(connection: ServerConnection) -> None:
        error = {"id": "1", "type": "error", "payload": [{"message": "FORBIDDEN"}]}
        await connection.send(json.dumps(error))
        await connection.wait_closed()

    async with _gateway(play, []) as gateway:
        with pytest.raises(StoryStopped, match="FORBIDDEN"):
            async with subscribed(
                gateway, "IssueUpdated", "issueUpdated", {"id": "issue_1"}, token="token"
            ) as updates:
                await updates.next_where("anything", lambda issue: True)


async def test_a_gateway_that_is_away_stops_the_story() -> None:
    with pytest.raises(StoryStopped, match="a socket to ws://127"):
        async with subscribed(
            "http://127.0.0.1:9", "IssueUpdated", "issueUpdated", {"id": "issue_1"}, token="token"
        ):
            pass
