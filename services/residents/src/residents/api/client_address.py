"""The network address a request came from, known while it is answered."""

from collections.abc import Iterable
from contextvars import ContextVar

from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

_UNKNOWN = "unknown"
_address: ContextVar[str] = ContextVar("client_address", default=_UNKNOWN)


def client_address() -> str:
    """The address: the gateway's own callers', where uvicorn trusts it to name them."""
    return _address.get()


def knowing_client_address(routes: Iterable[BaseRoute]) -> list[BaseRoute]:
    """The same routes; what answers them can ask for the address."""
    known = list(routes)
    for route in known:
        if isinstance(route, Route):
            route.app = _remembering(route.app)
    return known


def _remembering(app: ASGIApp) -> ASGIApp:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        client = scope.get("client")
        token = _address.set(client[0] if client else _UNKNOWN)
        try:
            await app(scope, receive, send)
        finally:
            _address.reset(token)

    return answer
