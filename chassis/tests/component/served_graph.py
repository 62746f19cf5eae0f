"""A graph served to a test, and a client's side of it: requests, sockets and their messages."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import uvicorn
from chassis.server import Service
from chassis.testing_tokens import TokenMint
from chassis.testing_waits import until
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol


@asynccontextmanager
async def served(service: Service) -> AsyncIterator[str]:
    config = uvicorn.Config(
        service.app(), host="127.0.0.1", port=0, lifespan="off", log_config=None
    )
    server = uvicorn.Server(config)
    server.capture_signals = _no_signals  # type: ignore[method-assign]
    serving = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"127.0.0.1:{port}"
    server.should_exit = True
    await serving


class _NoSignals:
    def __enter__(self) -> None: ...
    def __exit__(self, *args: object) -> None: ...


def _no_signals() -> Any:
    return _NoSignals()


async def ask(client: httpx.AsyncClient, query: str, **headers: str) -> Any:
    return (await client.post("/graphql", json={"query": query}, headers=headers)).json()


@asynccontextmanager
async def opened_socket(address: str, **headers: str) -> AsyncIterator[ClientConnection]:
    protocols = [Subprotocol("graphql-transport-ws")]
    url = f"ws://{address}/graphql"
    async with connect(url, subprotocols=protocols, additional_headers=headers) as socket:
        yield socket


async def send(socket: ClientConnection, **message: Any) -> None:
    await socket.send(json.dumps(message))


async def next_message(socket: ClientConnection) -> Any:
    message = await asyncio.wait_for(socket.recv(), 5)
    assert isinstance(message, str), "graphql-transport-ws knows text frames only"
    return json.loads(message)


async def begin(socket: ClientConnection, payload: dict[str, Any]) -> None:
    await send(socket, type="connection_init", payload=payload)
    assert await next_message(socket) == {"type": "connection_ack"}


async def subscribe(socket: ClientConnection, query: str = "subscription { news }") -> Any:
    await send(socket, id="1", type="subscribe", payload={"query": query})
    return await next_message(socket)


def params(mint: TokenMint, **options: Any) -> dict[str, str]:
    return {"Authorization": mint.headers("baker", **options)["authorization"]}
