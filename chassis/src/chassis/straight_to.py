"""Requests for an application of its own go there, past the framework around it."""

from collections.abc import Sequence

from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send


class CatchesEverything:
    """Marks the ASGI application of a route that lets no exception out.

    It needs nothing of what a framework does around a route: no search for it, no handler of
    exceptions, no stack to clean up.
    """


class StraightTo:
    """Hands a request for the path of such a route to its application, and others to the app."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self._app = app
        own = [route for route in routes if isinstance(route, Route)]
        self._routes = {
            (route.path, method): route.app
            for route in own
            if isinstance(route.endpoint, CatchesEverything)
            for method in route.methods or ()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        straight = None
        if scope["type"] == "http":
            straight = self._routes.get((scope["path"], scope["method"]))
        await (straight or self._app)(scope, receive, send)
