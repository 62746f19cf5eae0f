"""The schema served over HTTP and over graphql-transport-ws."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any, Generic, TypeVar

import orjson
from cross_web import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketState
from strawberry.asgi import ASGIWebSocketAdapter, GraphQL
from strawberry.http.exceptions import NonJsonMessageReceived
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    BaseGraphQLTransportWSHandler,
)
from strawberry.subscriptions.protocols.graphql_transport_ws.types import ConnectionInitMessage
from strawberry.types.unset import UnsetType

from chassis.errors import BadUserInput, ChassisError, QueryRefused, Unauthenticated
from chassis.graphql import Schema
from chassis.graphql_context import Context
from chassis.graphql_masking import internal, top_level
from chassis.identity import Authenticator, Principal
from chassis.requests import Requests

F = TypeVar("F")
CLOSED_UNAUTHENTICATED = 4401
_INIT_TIMEOUT = timedelta(seconds=10)
_SUBSCRIPTIONS_PER_SOCKET = 50


def graphql_routes(
    schema: Schema,
    *,
    application: F,
    authenticator: Authenticator,
    requests: Requests,
    graphiql: bool = False,
    path: str = "/graphql",
) -> list[BaseRoute]:
    """Make the routes of the GraphQL endpoint, to be added to `Service.routes`.

    Args:
        application: what resolvers find as `info.context.application`.
        requests: names the attempts of mutations, see `Context.request_for`.
        graphiql: whether a browser gets an IDE.
    """
    endpoint = _Endpoint(schema, application, authenticator, requests, graphiql=graphiql)
    return [
        Route(path, endpoint, methods=["GET", "POST"]),
        WebSocketRoute(path, endpoint),
    ]


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


class _Socket(ASGIWebSocketAdapter):
    async def iter_json(
        self, *, ignore_parsing_errors: bool = False
    ) -> AsyncGenerator[object, None]:
        try:
            async for message in super().iter_json(ignore_parsing_errors=ignore_parsing_errors):
                yield message
        except QueryRefused as error:
            raise NonJsonMessageReceived from error

    async def send_json(self, message: Mapping[str, object]) -> None:
        """Send text: the protocol knows no binary frames. A closed socket takes nothing."""
        if self.ws.application_state is WebSocketState.CONNECTED:
            await self.ws.send_text(orjson.dumps(message).decode())

    async def close(self, code: int, reason: str) -> None:
        if self.ws.application_state is WebSocketState.CONNECTED:
            await self.ws.close(code=code, reason=reason)


class _SocketHandler(BaseGraphQLTransportWSHandler[Any, Any]):
    """The protocol, and a socket that does not outlive its identity."""

    view: "_Endpoint[Any]"
    _watch: asyncio.Task[None] | None = None

    async def handle_message(self, message: Any) -> None:
        if not _is_well_formed(message):
            await self.handle_invalid_message("Invalid message")
            return
        await super().handle_message(message)

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        try:
            await super().handle_connection_init(message)
        except Unauthenticated:
            await self._close_unauthenticated()
            return
        principal: Principal | None = self.context.principal
        if principal is not None and self.connection_acknowledged and self._watch is None:
            self._watch = asyncio.create_task(self._close_when_over(principal))

    async def shutdown(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch
        await super().shutdown()

    async def _close_when_over(self, principal: Principal) -> None:
        await self.view.authenticator.until_over(principal)
        for operation_id in list(self.operations):
            await self.cleanup_operation(operation_id)
        await self._close_unauthenticated()

    async def _close_unauthenticated(self) -> None:
        await self.websocket.close(CLOSED_UNAUTHENTICATED, Unauthenticated.code)


class _Endpoint(GraphQL[Any, Any], Generic[F]):
    websocket_adapter_class = _Socket
    graphql_transport_ws_handler_class = _SocketHandler

    def __init__(
        self,
        schema: Schema,
        application: F,
        authenticator: Authenticator,
        requests: Requests,
        *,
        graphiql: bool,
    ) -> None:
        super().__init__(
            schema,
            graphql_ide="graphiql" if graphiql else None,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            connection_init_wait_timeout=_INIT_TIMEOUT,
            max_subscriptions_per_connection=_SUBSCRIPTIONS_PER_SOCKET,
        )
        self.authenticator = authenticator
        self._application = application
        self._requests = requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        try:
            return await self.run(request)
        except ChassisError as error:
            return _refusal(200, top_level(error))
        except HTTPException as error:
            return _refusal(error.status_code, top_level(BadUserInput(error.reason)))
        except Exception as error:
            return _refusal(500, internal(error))

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> Context[F]:
        is_socket = isinstance(request, WebSocket)
        return Context(
            self._application,
            None if is_socket else await self.authenticator.authenticate(request.headers),
            requests=self._requests,
            client_address=request.client.host if request.client else None,
            is_socket=is_socket,
        )

    async def on_ws_connect(self, context: Context[F]) -> UnsetType:
        """Find who opened the socket. Raises: Unauthenticated."""
        params = context.connection_params
        given = params if isinstance(params, dict) else {}
        authorization = given.get("Authorization", given.get("authorization"))
        if authorization is not None and not isinstance(authorization, str):
            raise Unauthenticated
        context.principal = await self.authenticator.authenticate_bearer(authorization)
        return UnsetType()

    def decode_json(self, data: str | bytes) -> object:
        """Decode an object; a list is a batch, which nobody may send."""
        decoded = orjson.loads(data)
        if isinstance(decoded, list):
            raise QueryRefused
        if not isinstance(decoded, dict):
            raise json.JSONDecodeError("an object is expected", "", 0)
        return decoded

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)


def _refusal(status: int, error: dict[str, Any]) -> Response:
    body = orjson.dumps({"data": None, "errors": [error]})
    return Response(body, status_code=status, media_type="application/json")
