"""Tokens are given beside the graph: POST /oauth/token (RFC 6749), for merchants' systems."""

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil

import msgspec
from chassis.errors import Unavailable
from chassis.ids import derived_id, new_id
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from residents.api.merchants.client_credentials import TokenRequestRefused, read_token_request
from residents.application.attempt_limits import Attempt
from residents.application.merchants.issue_token import ClientToken, IssueToken
from residents.domain.errors import AccountLocked
from residents.domain.merchants.errors import ClientRefused, TooManyTokens

PATH = "/oauth/token"
SCOPE = "role:merchant"
"""All that such a token is good for, as its claim `scope` says it."""

_LARGEST_BODY_BYTES = 8_192
_UNKNOWN_ADDRESS = "unknown"  # where the server does not know: all of those share one limit
_NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_CHALLENGE = {"WWW-Authenticate": 'Basic realm="linli", charset="UTF-8"'}
_INVALID_CLIENT = "invalid_client"
_LATER = "temporarily_unavailable"
"""Of section 4.1.2.1; section 5.2 has no word for it."""


def token_routes(
    issue_token: IssueToken, keyed_hash: Callable[[str, str], str], now: Callable[[], datetime]
) -> list[BaseRoute]:
    """POST /oauth/token.

    Args:
        keyed_hash: of a kind and a value: under it attempts are counted.
    """

    async def serve(request: Request) -> Response:
        try:
            body = await _body(request)
            asked = read_token_request(request.headers, body)
            if asked.scope not in {None, SCOPE}:
                raise TokenRequestRefused("invalid_scope")
            token = await issue_token(
                asked.proof,
                attempt=_attempt(keyed_hash, asked.proof.client_id, request),
                session_id=new_id("session"),
            )
        except TokenRequestRefused as refused:
            return _error(refused.error)
        except ClientRefused:
            return _error(_INVALID_CLIENT)
        except AccountLocked as locked:
            return _later(locked.locked_until - now())
        except TooManyTokens as many:
            return _later(many.again_at - now())
        except Unavailable:
            return _json(503, {"error": _LATER})
        return _json(200, _granted(token))

    return [Route(PATH, serve, methods=["POST"])]


async def _body(request: Request) -> bytes:
    """Raises: TokenRequestRefused for one that is no form of a few fields."""
    body = b""
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > _LARGEST_BODY_BYTES:
                raise TokenRequestRefused("invalid_request")
    except ClientDisconnect:
        raise TokenRequestRefused("invalid_request") from None
    return body


def _attempt(keyed_hash: Callable[[str, str], str], client_id: str, request: Request) -> Attempt:
    address = request.client.host if request.client else _UNKNOWN_ADDRESS
    return Attempt(
        username_key=derived_id("attempts", keyed_hash("client.id", client_id)),
        address_key=derived_id("attempts", keyed_hash("client.address", address)),
    )


def _granted(token: ClientToken) -> dict[str, object]:
    return {
        "access_token": token.access_token,
        "token_type": "Bearer",
        "expires_in": token.lifetime_seconds,
        "scope": SCOPE,
    }


def _error(error: str) -> Response:
    if error == _INVALID_CLIENT:
        return _json(401, {"error": error}, _CHALLENGE)
    return _json(400, {"error": error})


def _later(after: timedelta) -> Response:
    seconds = max(1, ceil(after.total_seconds()))
    return _json(429, {"error": _LATER}, {"Retry-After": str(seconds)})


def _json(status: int, body: object, headers: dict[str, str] | None = None) -> Response:
    return Response(
        msgspec.json.encode(body),
        status_code=status,
        media_type="application/json",
        headers={**_NO_STORE, **(headers or {})},
    )
