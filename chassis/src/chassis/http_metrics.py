"""How many requests were answered, how, and how long it took, by route."""

import time
from collections.abc import Sequence
from functools import lru_cache

from prometheus_client import Counter, Histogram
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUESTS = Counter("linli_http_requests_total", "Requests answered.", ["route", "method", "status"])
SECONDS = Histogram("linli_http_request_seconds", "Time to answer a request.", ["route"])
_NO_ROUTE = "none"
_BROKEN_OFF = 499
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})


class HttpMetrics:
    """Counts what passes; a path that no route has is one label, however many are tried."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self._app = app
        self._plain = {path for route in routes if "{" not in (path := _path_of(route))}
        self._patterns = [route for route in routes if "{" in _path_of(route)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and count its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = _BROKEN_OFF
        began = time.perf_counter()

        async def watching_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watching_send)
        finally:
            route = self._route_of(scope)
            method = scope["method"] if scope["method"] in _METHODS else "other"
            _counter(route, method, status).inc()
            _histogram(route).observe(time.perf_counter() - began)

    def _route_of(self, scope: Scope) -> str:
        if scope["path"] in self._plain:
            return str(scope["path"])
        for route in self._patterns:
            if route.matches(scope)[0] is not Match.NONE:
                return _path_of(route)
        return _NO_ROUTE


def _path_of(route: BaseRoute) -> str:
    return str(getattr(route, "path", _NO_ROUTE))


@lru_cache(maxsize=500)
def _counter(route: str, method: str, status: int) -> Counter:
    return REQUESTS.labels(route, method, str(status))


@lru_cache(maxsize=100)
def _histogram(route: str) -> Histogram:
    return SECONDS.labels(route)
