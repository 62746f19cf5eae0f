"""The schema served over HTTP and over graphql-transport-ws."""

from datetime import timedelta
from json import JSONDecodeError
from typing import Any, Generic, TypeVar

import orjson
from cross_web import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLRequestData
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types.unset import UnsetType

from chassis.errors import BadUserInput, ChassisError, Unauthenticated
from chassis.graphql import Schema
from chassis.graphql_context import Context
from chassis.graphql_masking import about_the_request, internal, top_level
from chassis.graphql_sockets import Socket, SocketHandler, decoded_object
from chassis.identity import Authenticator
from chassis.requests import Requests
from chassis.straight_to import CatchesEverything

F = TypeVar("F")
_INIT_TIMEOUT = timedelta(seconds=10)
_SUBSCRIPTIONS_PER_SOCKET = 50
_PARTS = (
    ("query", str, "a string"),
    ("variables", dict, "an object"),
    ("extensions", dict, "an object"),
)
_NOT_JSON = "请求的内容须为 JSON（Content-Type: application/json）。"


def graphql_routes(
    schema: Schema,
    *,
    application: F,
    authenticator: Authenticator,
    requests: Requests,
    graphiql: bool = False,
    read_only: bool = False,
    path: str = "/graphql",
) -> list[BaseRoute]:
    """Make the routes of the GraphQL endpoint, to be added to `Service.routes`.

    Args:
        application: what resolvers find as `info.context.application`.
        requests: names the attempts of mutations, see `Context.request_for`.
        graphiql: whether a browser gets an IDE.
        read_only: whether mutations are refused.
    """
    endpoint = _Endpoint(
        schema, application, authenticator, requests, graphiql=graphiql, read_only=read_only
    )
    return [
        Route(path, endpoint, methods=["GET", "POST"]),
        WebSocketRoute(path, endpoint),
    ]


class _Endpoint(GraphQL[Any, Any], CatchesEverything, Generic[F]):
    websocket_adapter_class = Socket
    graphql_transport_ws_handler_class = SocketHandler

    def __init__(
        self,
        schema: Schema,
        application: F,
        authenticator: Authenticator,
        requests: Requests,
        *,
        graphiql: bool,
        read_only: bool,
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
        self._read_only = read_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method == "POST" and not _says_json(request):
            return _refusal(415, top_level(BadUserInput(_NOT_JSON)))
        try:
            if request.method == "POST":
                return await self._posted(request)
            return await self.run(request)
        except ChassisError as error:
            return _refusal(200, top_level(error))
        except HTTPException as error:
            return _refusal(error.status_code, top_level(about_the_request(error.reason)))
        except Exception as error:
            return _refusal(500, internal(error))

    async def _posted(self, request: Request) -> Response:
        """Answer one operation as `run` would, and look for nothing that is never served here.

        There are no batches, no multipart bodies and no streams over HTTP.
        """
        context = await self.get_context(request, Response())
        result = await self.execute_single(
            request,
            self.request_adapter_class(request),
            Response(),
            context,
            None,
            _asked(await request.body()),
        )
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer["errors"] = [error.formatted for error in result.errors]
        return Response(orjson.dumps(answer), media_type="application/json")

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
            read_only=self._read_only,
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
        return decoded_object(data)

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)


def _asked(body: bytes) -> GraphQLRequestData:
    """Read what is asked for. Raises: HTTPException for a body that asks for nothing."""
    try:
        asked = decoded_object(body)
    except JSONDecodeError as error:
        raise HTTPException(400, "Unable to parse request body as JSON") from error
    for name, kind, expected in _PARTS:
        if not isinstance(asked.get(name), kind | None):
            raise HTTPException(400, f"`{name}` must be {expected} or null, if provided.")
    return GraphQLRequestData(
        query=asked.get("query"),
        variables=asked.get("variables"),
        operation_name=asked.get("operationName"),
        extensions=asked.get("extensions"),
    )


def _says_json(request: Request) -> bool:
    media_type = request.headers.get("content-type", "").partition(";")[0]
    return media_type.strip().lower() == "application/json"


def _refusal(status: int, error: dict[str, Any]) -> Response:
    body = orjson.dumps({"data": None, "errors": [error]})
    return Response(body, status_code=status, media_type="application/json")
