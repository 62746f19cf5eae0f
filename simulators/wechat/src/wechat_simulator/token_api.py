"""`/cgi-bin/token` and `/cgi-bin/stable_token`."""

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from wechat_simulator import quotas, tokens
from wechat_simulator.answering import Answer, answer, body_as
from wechat_simulator.errcodes import refused
from wechat_simulator.records import AccessToken
from wechat_simulator.world import World

TOKEN = "/cgi-bin/token"  # noqa: S105
STABLE_TOKEN = "/cgi-bin/stable_token"  # noqa: S105


class StableTokenRequest(msgspec.Struct):
    grant_type: str = ""
    appid: str = ""
    secret: str = ""
    force_refresh: bool = False


def token_router(world: World) -> APIRouter:
    """Return the routes that give access tokens for an app id and its secret."""
    router = APIRouter()

    @router.get(TOKEN)
    async def token(
        request: Request, grant_type: str = "", appid: str = "", secret: str = ""
    ) -> Response:
        def acted(body: bytes) -> Answer:
            _require_client_credential(grant_type)
            app = tokens.app_by_secret(world, appid, secret)
            quotas.spend(world, appid, TOKEN)
            return _as_answer(world, tokens.new_plain_token(world, app))

        return await answer(world, TOKEN, appid, acted, b"")

    @router.api_route(STABLE_TOKEN, methods=["GET", "POST"])
    async def stable_token(request: Request) -> Response:
        body = await request.body()

        def acted(body: bytes) -> Answer:
            if request.method != "POST":
                raise refused(43002)
            asked = body_as(StableTokenRequest, body)
            _require_client_credential(asked.grant_type)
            app = tokens.app_by_secret(world, asked.appid, asked.secret)
            quotas.spend(world, asked.appid, STABLE_TOKEN)
            if asked.force_refresh:
                quotas.spend(world, asked.appid, f"{STABLE_TOKEN}?force_refresh")
            given = tokens.stable_token(world, app, force_refresh=asked.force_refresh)
            return _as_answer(world, given)

        return await answer(world, STABLE_TOKEN, "", acted, body)

    return router


def _require_client_credential(grant_type: str) -> None:
    if grant_type != "client_credential":
        raise refused(40002)


def _as_answer(world: World, token: AccessToken) -> Answer:
    left_seconds = token.expires_at - world.surroundings.seconds()
    return {"access_token": token.value, "expires_in": left_seconds}
