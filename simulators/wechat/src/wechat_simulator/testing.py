"""For tests: a simulator and an official account's own server, on real ports."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from wechat_simulator.callbacks import Patience
from wechat_simulator.server import create_app
from wechat_simulator.world import Surroundings

OPEN_PLATFORM = "邻里"
APP_ID = "wxb11529c136998cb6"
ACCOUNT = {
    "secret": "0123456789abcdef0123456789abcdef",
    "original_id": "gh_10f6c3c3ac5a",
    "name": "邻里社区",
    "token": "spamtest",
    "encoding_aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    "open_platform": OPEN_PLATFORM,
}
MINI_PROGRAM_ID = "wx5f0d2b7c91e34a68"
MINI_PROGRAM = {"secret": "fedcba9876543210fedcba9876543210", "open_platform": OPEN_PLATFORM}
QUICK = Patience(answer_within_seconds=0.5, next_attempt_after_seconds=0.05)


@dataclass
class Clock:
    """A clock that moves only when told."""

    at: datetime = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **units: float) -> None:
        self.at += timedelta(**units)


@dataclass
class Simulator:
    """A running simulator, with what a test does most."""

    url: str
    client: httpx.AsyncClient
    clock: Clock

    async def put(self, path: str, json: object) -> Any:
        return (await self.client.put(path, json=json)).raise_for_status().json()

    async def post(self, path: str, json: object) -> Any:
        return (await self.client.post(path, json=json)).raise_for_status().json()

    async def get(self, path: str) -> Any:
        return (await self.client.get(path)).raise_for_status().json()

    async def token(self, app_id: str = APP_ID, secret: str = ACCOUNT["secret"]) -> str:
        asked = {"grant_type": "client_credential", "appid": app_id, "secret": secret}
        token: str = (await self.post("/cgi-bin/stable_token", asked))["access_token"]
        return token

    async def call(self, path: str, json: object, token: str | None = None) -> Any:
        """Call WeChat's API; the answer is JSON with HTTP 200 whatever the outcome."""
        token = await self.token() if token is None else token
        answer = await self.client.post(path, params={"access_token": token}, json=json)
        return answer.raise_for_status().json()

    async def phone(self, name: str, **given: object) -> Any:
        """Make or change a phone; return it with its openids and unionids."""
        return await self.put(f"/simulator/phones/{name}", given)

    async def mini_program(self) -> None:
        """Register the mini-program of the same open-platform account."""
        await self.put(f"/simulator/mini-programs/{MINI_PROGRAM_ID}", MINI_PROGRAM)

    async def login_code(self, phone: str, app_id: str = MINI_PROGRAM_ID) -> str:
        """Open a mini-program on a phone; return what `wx.login` gives it."""
        given = await self.post(f"/simulator/phones/{phone}/login-codes", {"app_id": app_id})
        code: str = given["code"]
        return code

    async def phone_code(self, phone: str, app_id: str = MINI_PROGRAM_ID) -> str:
        """Let a mini-program know the phone's number; return what `getPhoneNumber` gives it."""
        given = await self.post(f"/simulator/phones/{phone}/phone-codes", {"app_id": app_id})
        code: str = given["code"]
        return code

    async def template(self, template_id: str, title: str, **fields: str) -> None:
        """Choose a template for the mini-program."""
        path = f"/simulator/mini-programs/{MINI_PROGRAM_ID}/templates/{template_id}"
        await self.put(path, {"title": title, "fields": fields})

    async def allow(self, phone: str, *template_ids: str, answer: str = "accept") -> Any:
        """Tap under each template of `wx.requestSubscribeMessage`."""
        given = {"app_id": MINI_PROGRAM_ID, "answers": dict.fromkeys(template_ids, answer)}
        return await self.post(f"/simulator/phones/{phone}/subscriptions", given)

    async def publish(self, *titles: str) -> int:
        """Publish articles; return their msg_data_id."""
        published = await self.post(
            f"/simulator/accounts/{APP_ID}/articles", {"titles": titles or ["社区本周事"]}
        )
        number: int = published["msg_data_id"]
        return number

    async def comment(self, phone: str, msg_data_id: int, text: str, **more: object) -> int:
        """Comment from a phone; return the user_comment_id."""
        left = await self.post(
            f"/simulator/phones/{phone}/comments",
            {"msg_data_id": msg_data_id, "text": text, **more},
        )
        number: int = left["user_comment_id"]
        return number

    async def screen(self, phone: str) -> list[tuple[str, str]]:
        """Return the kind and text of what the phone received."""
        items = (await self.get(f"/simulator/phones/{phone}/screen"))["items"]
        return [(item["kind"], item["text"]) for item in items if item["received"]]

    async def delivery(self, number: int = 0) -> Any:
        """Return one delivery when it is no longer pending."""

        async def ended() -> Any:
            deliveries = await self.get("/simulator/deliveries")
            if len(deliveries) > number and deliveries[number]["state"] != "pending":
                return deliveries[number]
            return None

        return await eventually(ended)


@dataclass
class CallbackServer:
    """An official account's own server. `respond` is what it does with a push."""

    url: str = ""
    pushes: list[tuple[dict[str, str], str]] = field(default_factory=list)
    respond: Callable[[], Awaitable[Response]] | None = None
    echo: Callable[[str], str] = str

    def app(self) -> Starlette:
        """Return the server's application; it listens at /callback."""
        return Starlette(routes=[Route("/callback", self.handle, methods=["GET", "POST"])])

    async def handle(self, request: Request) -> Response:
        if request.method == "GET":
            return PlainTextResponse(self.echo(request.query_params["echostr"]))
        self.pushes.append((dict(request.query_params), (await request.body()).decode()))
        return PlainTextResponse("success") if self.respond is None else await self.respond()


async def eventually(probe: Callable[[], Awaitable[Any]], *, within_seconds: float = 10) -> Any:
    """Return the probe's first answer that is not none."""
    async with asyncio.timeout(within_seconds):
        while (seen := await probe()) is None:  # noqa: ASYNC110
            await asyncio.sleep(0.01)  # between two looks at a real effect
        return seen


@asynccontextmanager
async def serving(app: ASGIApp) -> AsyncIterator[str]:
    """Serve an application on a free port; its address is given when it answers."""
    # asyncio turns Nagle's algorithm off only where the protocol is named; else 40 ms a request.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    # No connection is closed at the very moment at which a client takes it up again.
    config = uvicorn.Config(
        app, log_level="critical", timeout_graceful_shutdown=1, timeout_keep_alive=600
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listening]))

    async def started() -> bool | None:
        return server.started or None

    await eventually(started)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await running
        listening.close()


@asynccontextmanager
async def simulating(state: str = "memory", clock: Clock | None = None) -> AsyncIterator[Simulator]:
    """Run a simulator with one official account and the phone 田大妈, which follows it."""
    clock = clock or Clock()
    app = create_app(state, surroundings=Surroundings(now=clock), patience=QUICK)
    async with serving(app) as url, httpx.AsyncClient(base_url=url) as client:
        simulator = Simulator(url, client, clock)
        await simulator.put(f"/simulator/accounts/{APP_ID}", ACCOUNT)
        await simulator.put("/simulator/phones/田大妈", {"follows": [APP_ID]})
        yield simulator
