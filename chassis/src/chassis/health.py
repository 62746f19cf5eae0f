"""/live /ready /metrics, alike in every process."""

import orjson
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from chassis.readiness import Readiness


def health_routes(readiness: Readiness) -> list[BaseRoute]:
    """Make the three routes.

    /live answers as long as the event loop turns; /ready answers 503 with the names of what is
    not ready.
    """

    async def live(_request: Request) -> Response:
        return _json(200, {"live": True})

    async def ready(_request: Request) -> Response:
        not_ready = await readiness.not_ready()
        if not_ready:
            return _json(503, {"ready": False, "notReady": not_ready})
        return _json(200, {"ready": True, "notReady": []})

    async def metrics(_request: Request) -> Response:
        return Response(generate_latest(), headers={"content-type": CONTENT_TYPE_LATEST})

    return [
        Route("/live", live, methods=["GET"]),
        Route("/ready", ready, methods=["GET"]),
        Route("/metrics", metrics, methods=["GET"]),
    ]


def _json(status: int, content: dict[str, object]) -> Response:
    return Response(orjson.dumps(content), status_code=status, media_type="application/json")
