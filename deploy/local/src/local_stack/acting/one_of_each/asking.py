"""One operation, asked at the gateway and at its service alone."""

import json
import ssl
from dataclasses import dataclass
from typing import Any

import httpx
import websockets
from websockets.typing import Subprotocol

Variables = dict[str, Any]

_SECONDS = 20
# The stack speaks plain HTTP; reading the world's authorities for each client costs more than what
# is asked.
_NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass(frozen=True)
class Answer:
    """What came back: the operation's field, and the codes of the top-level errors."""

    data: Any
    codes: list[str]
    body: str


def http_client() -> httpx.AsyncClient:
    """A client for the stack's doors."""
    return httpx.AsyncClient(timeout=_SECONDS, trust_env=False, verify=_NO_AUTHORITIES)


async def ask(address: str, token: str | None, document: str, variables: Any) -> Answer:
    """Send a query or mutation."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with http_client() as client:
        response = await client.post(
            f"{address}/graphql",
            json={"query": document, "variables": variables},
            headers=headers,
        )
    return _answer(response.json(), response.text)


async def first_of_stream(address: str, token: str | None, document: str, variables: Any) -> Answer:
    """Subscribe over WebSocket and take the first thing that comes."""
    url = f"{address.replace('http', 'ws', 1)}/graphql"
    try:
        async with websockets.connect(
            url,
            subprotocols=[Subprotocol("graphql-transport-ws")],
            open_timeout=_SECONDS,
            proxy=None,
        ) as socket:
            payload = {"Authorization": f"Bearer {token}"} if token else {}
            await socket.send(json.dumps({"type": "connection_init", "payload": payload}))
            await _until(socket, {"connection_ack"})
            asked = {"query": document, "variables": variables}
            await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": asked}))
            message = await _until(socket, {"next", "error"})
    except websockets.ConnectionClosed as closed:
        return Answer(None, [closed.reason], str(closed))
    payload = message["payload"]
    body = payload if message["type"] == "next" else {"errors": payload}
    return _answer(body, json.dumps(message))


async def _until(socket: Any, types: set[str]) -> Any:
    while True:
        message = json.loads(await socket.recv())
        if message["type"] in types:
            return message


def _answer(body: Any, text: str) -> Answer:
    codes = [error.get("extensions", {}).get("code", "?") for error in body.get("errors") or []]
    return Answer(body.get("data"), codes, text)
