"""Requests whose body is too large are refused before anything reads them whole."""

from collections.abc import Collection

import orjson
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.errors import QueryRefused

_REFUSAL = orjson.dumps(
    {
        "data": None,
        "errors": [{"message": "提交的内容过大。", "extensions": {"code": QueryRefused.code}}],
    }
)


class _TooLarge(Exception):
    pass


class BodyLimit:
    """Answers 413 to a body longer than the limit, declared or found to be.

    Args:
        counts_itself: the paths of routes that read a body piece by piece and limit it themselves;
            one that ends in "/" stands for all below it.
    """

    def __init__(
        self, app: ASGIApp, *, limit_bytes: int, counts_itself: Collection[str] = ()
    ) -> None:
        self._app = app
        self._limit_bytes = limit_bytes
        self._counts_itself = frozenset(counts_itself)
        self._counts_below = tuple(path for path in counts_itself if path.endswith("/"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting."""
        if scope["type"] != "http" or self._is_left_alone(scope["path"]):
            await self._app(scope, receive, send)
            return
        if _declared_bytes(scope) > self._limit_bytes:
            await _refuse(scope, receive, send)
            return
        answering = False
        received_bytes = 0

        async def counting_receive() -> Message:
            nonlocal received_bytes
            message = await receive()
            received_bytes += len(message.get("body", b""))
            if received_bytes > self._limit_bytes:
                raise _TooLarge
            return message

        async def watching_send(message: Message) -> None:
            nonlocal answering
            answering = True
            await send(message)

        try:
            await self._app(scope, counting_receive, watching_send)
        except _TooLarge:
            if answering:
                raise
            await _refuse(scope, receive, send)

    def _is_left_alone(self, path: str) -> bool:
        return path in self._counts_itself or path.startswith(self._counts_below)


def _declared_bytes(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {"connection": "close"}  # what is left of the body is not read
    response = Response(_REFUSAL, 413, headers, media_type="application/json")
    await response(scope, receive, send)
