"""Three small services for the gateway's tests, on one free port, which is printed.

`python app.py` serves /residents, /issues and /outreach; `python app.py sdl residents` prints a
schema. `GET /seen` tells what arrived, `DELETE /seen` forgets it, `POST /refusals/{name}/{count}`
makes a service answer 503 that many times.
"""

import json
import logging
import os
import socket
import sys
import threading

import issues
import outreach
import residents
import uvicorn
from shared import calls, refusals_left, seen
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from strawberry.asgi import GraphQL

SCHEMAS = {"residents": residents.schema, "issues": issues.schema, "outreach": outreach.schema}


async def show_seen(request: Request) -> Response:
    if request.method == "DELETE":
        seen.clear()
        calls.clear()
    return JSONResponse({"seen": seen, "calls": calls})


async def refuse(request: Request) -> Response:
    refusals_left[request.path_params["name"]] = request.path_params["count"]
    return Response(status_code=204)


class Service:
    """A GraphQL service that can be told to answer 503."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.graphql = GraphQL(SCHEMAS[name])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            calls[f"requests to {self.name}"] += 1
            if refusals_left[self.name] > 0:
                refusals_left[self.name] -= 1
                await Response("busy", status_code=503)(scope, receive, send)
                return
        await self.graphql(scope, receive, send)


def application() -> Starlette:
    routes: list[Route | WebSocketRoute] = [
        Route("/seen", show_seen, methods=["GET", "DELETE"]),
        Route("/refusals/{name}/{count:int}", refuse, methods=["POST"]),
    ]
    for name in SCHEMAS:
        service = Service(name)
        routes.append(Route(f"/{name}/graphql", service, methods=["GET", "POST"]))
        routes.append(WebSocketRoute(f"/{name}/graphql", service))
    return Starlette(routes=routes)


def end_with_input() -> None:
    """End when whoever started this does, however that ends."""
    sys.stdin.read()
    os._exit(0)


def serve() -> None:
    threading.Thread(target=end_with_input, daemon=True).start()
    logging.getLogger("strawberry").setLevel(logging.CRITICAL)  # failures here are meant
    listener = socket.create_server(("127.0.0.1", 0))
    print(json.dumps({"port": listener.getsockname()[1]}), flush=True)  # noqa: T201
    config = uvicorn.Config(application(), log_level="error", timeout_graceful_shutdown=1)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    if sys.argv[1:2] == ["sdl"]:
        print(SCHEMAS[sys.argv[2]].as_str())  # noqa: T201
    else:
        serve()
