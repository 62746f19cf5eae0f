"""graphql-transport-ws: messages that are none, and sockets that do not outlive their identity."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from typing import Any, Protocol, cast

import msgspec
import orjson
from starlette.websockets import WebSocketDisconnect, WebSocketState
from strawberry.asgi import ASGIWebSocketAdapter
from strawberry.http.exceptions import NonJsonMessageReceived, NonTextMessageReceived
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    BaseGraphQLTransportWSHandler,
)
from strawberry.subscriptions.protocols.graphql_transport_ws.types import (
    ConnectionInitMessage,
    Message,
)

from chassis.errors import BadUserInput, QueryRefused, Unauthenticated
from chassis.graphql_masking import top_level
from chassis.identity import Authenticator, Principal

CLOSED_BAD_MESSAGE = 4400
CLOSED_UNAUTHENTICATED = 4401


class _View(Protocol):
    @property
    def authenticator(self) -> Authenticator: ...


class Unreadable(msgspec.Struct, frozen=True):
    """An operation of which no more can be read than its id."""

    id: str


def decoded_object(data: str | bytes) -> dict[str, Any]:
    """Decode a JSON object. Raises: JSONDecodeError; QueryRefused for a batch."""
    decoded = orjson.loads(data)
    if isinstance(decoded, list):
        raise QueryRefused
    if not isinstance(decoded, dict):
        raise json.JSONDecodeError("an object is expected", "", 0)
    return decoded


class Socket(ASGIWebSocketAdapter):
    """Messages as text, in and out."""

    async def iter_json(
        self, *, ignore_parsing_errors: bool = False
    ) -> AsyncGenerator[object, None]:
        """Yield each message decoded, or as Unreadable, until the socket is closed."""
        try:
            while self.ws.application_state is not WebSocketState.DISCONNECTED:
                yield _decoded_message(await self.ws.receive_text())
        except (json.JSONDecodeError, QueryRefused) as error:
            raise NonJsonMessageReceived from error
        except KeyError as error:
            raise NonTextMessageReceived from error
        except WebSocketDisconnect:
            return

    async def send_json(self, message: Mapping[str, object]) -> None:
        """Send text: the protocol knows no binary frames. A closed socket takes nothing."""
        if self.ws.application_state is WebSocketState.CONNECTED:
            await self.ws.send_text(orjson.dumps(message).decode())

    async def close(self, code: int, reason: str) -> None:
        """Close it, if it is open."""
        if self.ws.application_state is WebSocketState.CONNECTED:
            await self.ws.close(code=code, reason=reason)


class SocketHandler(BaseGraphQLTransportWSHandler[Any, Any]):
    """The protocol, and a socket that does not outlive its identity."""

    _watch: asyncio.Task[None] | None = None

    async def handle_message(self, message: Any) -> None:
        """Refuse what is no message before strawberry looks into it."""
        if isinstance(message, Unreadable):
            await self._refuse(message)
        elif _is_well_formed(message):
            await super().handle_message(message)
        else:
            await self.handle_invalid_message("Invalid message")

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        """Find who opened the socket, and watch over that identity from then on."""
        try:
            await super().handle_connection_init(message)
        except Unauthenticated:
            await self._close_unauthenticated()
            return
        principal: Principal | None = self.context.principal
        if principal is not None and self.connection_acknowledged and self._watch is None:
            self._watch = asyncio.create_task(self._close_when_over(principal))

    async def shutdown(self) -> None:
        """End what belongs to the socket."""
        if self._watch is not None:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch
        await super().shutdown()

    async def _refuse(self, message: Unreadable) -> None:
        """Let a message that cannot be read cost its own operation only."""
        if not self.connection_acknowledged:
            await self._close_unauthenticated()
        elif message.id in self.operations:
            await self.handle_invalid_message("Invalid message")
        else:
            error = top_level(BadUserInput())
            answer = {"id": message.id, "type": "error", "payload": [error]}
            await self.send_message(cast(Message, answer))

    async def _close_when_over(self, principal: Principal) -> None:
        await cast(_View, self.view).authenticator.until_over(principal)
        for operation_id in list(self.operations):
            await self.cleanup_operation(operation_id)
        await self._close_unauthenticated()

    async def _close_unauthenticated(self) -> None:
        await self.websocket.close(CLOSED_UNAUTHENTICATED, Unauthenticated.code)


def _decoded_message(text: str) -> dict[str, Any] | Unreadable:
    try:
        return decoded_object(text)
    except orjson.JSONDecodeError:
        if (operation_id := _id_of_unreadable(text)) is None:
            raise
        return Unreadable(operation_id)


def _id_of_unreadable(text: str) -> str | None:
    """Find whose message it is that has half a character in it (a lone surrogate), or a NaN."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(message, dict) or message.get("type") != "subscribe":
        return None
    operation_id = message.get("id")
    return operation_id if isinstance(operation_id, str) and _is_text(operation_id) else None


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_well_formed(message: dict[str, Any]) -> bool:
    """Whether the parts that strawberry uses unseen are of their types."""
    payload = message.get("payload")
    if message.get("type") != "subscribe":
        return isinstance(message.get("id", ""), str)
    return (
        isinstance(message.get("id"), str)
        and isinstance(payload, dict)
        and isinstance(payload.get("query"), str)
        and isinstance(payload.get("operationName"), str | None)
        and isinstance(payload.get("variables"), dict | None)
    )
