"""Requests whose body is too large, or too long on its way, are refused before anything has it."""

import asyncio
from collections.abc import Collection

import orjson
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.errors import BadUserInput, ChassisError, QueryRefused

READ_WITHIN_SECONDS = 20.0


class _TooLarge(QueryRefused):
    message = "提交的内容过大。"
    status = 413


class _TooSlow(BadUserInput):
    message = "提交的内容传输过慢，请重试。"
    status = 408


class _Gone(BadUserInput):
    """Who sends the body left in the middle of it: nobody hears the answer."""

    status = 400


class BodyLimit:
    """Answers 413 to a body longer than the limit, declared or found to be, and 408 to a slow one.

    The application that reads such a body meets a ChassisError; what it answers is not sent.

    Args:
        read_within_seconds: how long a body may be on its way, from the request's beginning.
        counts_itself: the paths of routes that read a body piece by piece and limit it themselves;
            one that ends in "/" stands for all below it.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        limit_bytes: int,
        read_within_seconds: float = READ_WITHIN_SECONDS,
        counts_itself: Collection[str] = (),
    ) -> None:
        self._app = app
        self._limit_bytes = limit_bytes
        self._read_within_seconds = read_within_seconds
        self._counts_itself = frozenset(counts_itself)
        self._counts_below = tuple(path for path in counts_itself if path.endswith("/"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting."""
        if scope["type"] != "http" or self._is_left_alone(scope["path"]):
            await self._app(scope, receive, send)
            return
        if _declared_bytes(scope) > self._limit_bytes:
            await _refuse(_TooLarge(), scope, receive, send)
            return
        body = _Body(receive, self._limit_bytes, self._read_within_seconds)
        answering = False

        async def watching_send(message: Message) -> None:
            nonlocal answering
            if body.refused is None or answering:
                answering = True
                await send(message)

        try:
            await self._app(scope, body.receive, watching_send)
        except ChassisError:
            if body.refused is None or answering:
                raise
        if body.refused is not None and not answering:
            await _refuse(body.refused, scope, receive, send)

    def _is_left_alone(self, path: str) -> bool:
        return path in self._counts_itself or path.startswith(self._counts_below)


class _Body:
    """A body on its way in.

    Attributes:
        refused: why it is not read on.
    """

    def __init__(self, receive: Receive, limit_bytes: int, read_within_seconds: float) -> None:
        self._receive = receive
        self._left_bytes = limit_bytes
        self._until = asyncio.get_running_loop().time() + read_within_seconds
        self._is_whole = False
        self.refused: _TooLarge | _TooSlow | _Gone | None = None

    async def receive(self) -> Message:
        """Take the next piece. Raises: what it is refused for."""
        if self._is_whole:
            return await self._receive()
        if self.refused is not None:
            raise self.refused
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            self.refused = _TooSlow()
            raise self.refused from None
        self._count(message)
        return message

    def _count(self, message: Message) -> None:
        self._left_bytes -= len(message.get("body", b""))
        if message["type"] == "http.disconnect":
            self.refused = _Gone()
        elif self._left_bytes < 0:
            self.refused = _TooLarge()
        if self.refused is not None:
            raise self.refused
        self._is_whole = not message.get("more_body", False)


def _declared_bytes(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


async def _refuse(
    why: _TooLarge | _TooSlow | _Gone, scope: Scope, receive: Receive, send: Send
) -> None:
    error = {"message": why.message, "extensions": {"code": why.code}}
    body = orjson.dumps({"data": None, "errors": [error]})
    headers = {"connection": "close"}  # what is left of the body is not read
    response = Response(body, why.status, headers, media_type="application/json")
    await response(scope, receive, send)
