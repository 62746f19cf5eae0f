"""One subscription over WebSocket, by the graphql-transport-ws protocol."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from story.graph import operation
from story.stopped import StoryStopped, check
from story.waiting import EFFECT_WITHIN_SECONDS

_PROTOCOL = Subprotocol("graphql-transport-ws")
_OPERATION_ID = "1"


class Subscription:
    """What comes over an open subscription, in order."""

    def __init__(self, connection: ClientConnection, field: str) -> None:
        self._connection = connection
        self._field = field

    async def next_where(self, expected: str, is_it: Callable[[Any], bool]) -> Any:
        """Return the first payload from here on that is as expected. Raises: StoryStopped."""
        last: object = "nothing"
        try:
            async with asyncio.timeout(EFFECT_WITHIN_SECONDS):
                while not is_it(last := await self._next()):
                    pass
        except TimeoutError as error:
            raise StoryStopped(f"the subscription brings {expected}", last) from error
        except WebSocketException as error:
            raise StoryStopped("the subscription stays open", error) from error
        return last

    async def _next(self) -> Any:
        while True:
            message = json.loads(await self._connection.recv())
            if message["type"] == "ping":
                await self._connection.send(json.dumps({"type": "pong"}))
                continue
            check(message["type"] == "next", "a next message", message)
            payload = message["payload"]
            check(not payload.get("errors"), "a payload without errors", payload)
            return payload["data"][self._field]


@asynccontextmanager
async def subscribed(
    gateway: str, name: str, field: str, variables: Mapping[str, object], *, token: str
) -> AsyncIterator[Subscription]:
    """Subscribe by the operation of this name; its root field is `field`. Raises: StoryStopped."""
    url = "ws" + gateway.removeprefix("http") + "/graphql"
    try:
        connecting = connect(url, subprotocols=[_PROTOCOL], proxy=None)
        async with connecting as connection:
            payload = {"Authorization": f"Bearer {token}"}
            await connection.send(json.dumps({"type": "connection_init", "payload": payload}))
            acknowledged = json.loads(await connection.recv())
            check(acknowledged["type"] == "connection_ack", "the socket is accepted", acknowledged)
            asked = {"query": operation(name), "operationName": name, "variables": dict(variables)}
            subscribe = {"id": _OPERATION_ID, "type": "subscribe", "payload": asked}
            await connection.send(json.dumps(subscribe))
            yield Subscription(connection, field)
            await connection.send(json.dumps({"id": _OPERATION_ID, "type": "complete"}))
    except (OSError, WebSocketException) as error:
        raise StoryStopped(f"a socket to {url}", repr(error)) from error
