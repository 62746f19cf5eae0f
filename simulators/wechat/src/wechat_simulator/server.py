"""The simulator as an HTTP server: WeChat's API, the control surface, the page of the phones."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.resources import files

import httpx
import msgspec
from fastapi import APIRouter, FastAPI
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from wechat_simulator import (
    control_accounts,
    control_faults,
    control_mini_programs,
    control_phones,
    control_subscriptions,
)
from wechat_simulator.answering import Act, Answer, answer_with_token, official_account
from wechat_simulator.callbacks import Callbacks, Patience
from wechat_simulator.comment_api import COMMENT_APIS
from wechat_simulator.errcodes import MESSAGES
from wechat_simulator.message_api import MESSAGE_APIS
from wechat_simulator.mini_program_api import mini_program_router
from wechat_simulator.records import App
from wechat_simulator.state_file import StateFile
from wechat_simulator.subscribe_api import subscribe_router
from wechat_simulator.token_api import token_router
from wechat_simulator.user_api import user_router
from wechat_simulator.world import Surroundings, World


def create_app(
    state: str, *, surroundings: Surroundings | None = None, patience: Patience | None = None
) -> FastAPI:
    """Return the application.

    Args:
        state: path of the file that keeps everything, or "memory".
        surroundings: clock and randomness, the real ones if none are given.
        patience: how long callbacks wait and how often they try, WeChat's own if none is given.
    """
    file = StateFile(state)
    world = World(file, surroundings or Surroundings())
    client = httpx.AsyncClient(follow_redirects=False, trust_env=False)
    callbacks = Callbacks(world, client, patience or Patience())

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        callbacks.resume()
        yield
        await callbacks.stop()
        await client.aclose()
        file.close()

    app = FastAPI(title="WeChat simulator", lifespan=lifespan)
    app.state.world = world
    app.state.callbacks = callbacks
    app.include_router(_operations)
    for api in (token_router, user_router, mini_program_router, subscribe_router):
        app.include_router(api(world))
    for control in (
        control_accounts,
        control_mini_programs,
        control_phones,
        control_subscriptions,
        control_faults,
    ):
        app.include_router(control.router)
    for path, act in (COMMENT_APIS | MESSAGE_APIS).items():
        app.add_api_route(path, _endpoint(world, path, act), methods=["GET", "POST"])
    for part in ("cgi-bin", "sns", "wxa"):
        app.add_api_route(f"/{part}/{{path:path}}", _unknown_path, methods=["GET", "POST"])
    return app


def _endpoint(world: World, path: str, act: Act) -> Callable[[Request], Awaitable[Response]]:
    def as_account(app: App, body: bytes) -> Answer:
        return act(world, official_account(app), body)

    async def endpoint(request: Request) -> Response:
        return await answer_with_token(world, path, as_account, request)

    return endpoint


async def _unknown_path(path: str) -> Response:
    said = {"errcode": 40066, "errmsg": MESSAGES[40066]}
    return Response(msgspec.json.encode(said), media_type="application/json; encoding=utf-8")


_operations = APIRouter()


@_operations.get("/")
async def phones_side_by_side() -> HTMLResponse:
    """Return the page that shows the phones side by side."""
    return HTMLResponse(_PAGE)


@_operations.get("/live")
async def live() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "live"}


@_operations.get("/ready")
async def ready() -> dict[str, object]:
    """Say that the state is loaded."""
    return {"ready": True, "notReady": []}


@_operations.get("/metrics")
async def metrics() -> Response:
    """Return how often each path was called and with what outcome."""
    return Response(generate_latest(), headers={"content-type": CONTENT_TYPE_LATEST})


_PAGE = files("wechat_simulator").joinpath("page.html").read_text(encoding="utf-8")
