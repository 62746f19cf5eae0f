"""What is served beside the graph: the public keys and the revoked sessions, without a token."""

from collections.abc import Awaitable, Callable

import msgspec
from chassis.errors import Unavailable
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from residents.application.queries import Queries
from residents.domain.session import ACCESS_TOKEN_LIFETIME, Session

Jwks = Callable[[], Awaitable[dict[str, list[dict[str, str]]]]]

_FRESH_SECONDS = 30


def edge_routes(jwks: Jwks, queries: Queries) -> list[BaseRoute]:
    """GET /jwks.json and GET /revocations."""

    async def serve_jwks(_: Request) -> Response:
        try:
            body = await jwks()
        except Unavailable as error:
            return _unavailable(error)
        return _json(body, cache=f"public, max-age={_FRESH_SECONDS}")

    async def serve_revocations(_: Request) -> Response:
        try:
            revoked, as_of = await queries.revoked_sessions()
        except Unavailable as error:
            return _unavailable(error)
        return _json({"revoked": [_revoked(session) for session in revoked], "asOf": as_of})

    return [
        Route("/jwks.json", serve_jwks, methods=["GET"]),
        Route("/revocations", serve_revocations, methods=["GET"]),
    ]


def _revoked(session: Session) -> dict[str, object]:
    last = session.revoked_at or session.expires_at
    return {
        "sid": session.id,
        "revokedAt": last,
        "expiresAt": min(last + ACCESS_TOKEN_LIFETIME, session.expires_at),
    }


def _json(body: object, *, status: int = 200, cache: str = "no-store") -> Response:
    return Response(
        msgspec.json.encode(body),
        status_code=status,
        media_type="application/json",
        headers={"Cache-Control": cache},
    )


def _unavailable(error: Unavailable) -> Response:
    return _json({"code": error.code, "message": error.message}, status=503)
