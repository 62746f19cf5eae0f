"""What every call of WeChat's API goes through: faults, the token, the quota, the answer's form."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Literal, TypeVar

import msgspec
from prometheus_client import Counter
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from wechat_simulator import faults, quotas, tokens
from wechat_simulator.errcodes import WeChatError, refused
from wechat_simulator.records import App, MiniProgram, OfficialAccount
from wechat_simulator.world import World

Answer = Mapping[str, object]
Act = Callable[[World, OfficialAccount, bytes], Answer]
Method = Literal["GET", "POST"]
Body = TypeVar("Body", bound=msgspec.Struct)

CODE_TO_SESSION = "/sns/jscode2session"
PHONE_NUMBER = "/wxa/business/getuserphonenumber"
# Where WeChat counts by the minute and not by the day.
LIMITED_BY_THE_MINUTE = frozenset({CODE_TO_SESSION, PHONE_NUMBER})
OK: Answer = {"errcode": 0, "errmsg": "ok"}
_CALLS = Counter("wechat_simulator_calls_total", "Calls of WeChat's API", ["path", "errcode"])


class DroppedAnswer(Response):
    """The call was acted on, but the connection ends before the answer is through."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the head of an answer and none of the body that it promises."""
        head = [(b"content-type", b"application/json"), (b"content-length", b"64")]
        await send({"type": "http.response.start", "status": 200, "headers": head})


def body_as(kind: type[Body], body: bytes) -> Body:
    """Return the JSON body. Numbers may be written as text, as WeChat allows.

    Raises: WeChatError 44002, 47001.
    """
    if not body.strip():
        raise refused(44002)
    try:
        return msgspec.json.decode(body, type=kind, strict=False)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise refused(47001) from error


def official_account(app: App) -> OfficialAccount:
    """Return the account whose token was used. Raises: WeChatError 48001 for a mini-program's."""
    if not isinstance(app, OfficialAccount):
        raise refused(48001)
    return app


def mini_program(app: App) -> MiniProgram:
    """Return the mini-program whose token was used. Raises: WeChatError 48001 for an account's."""
    if not isinstance(app, MiniProgram):
        raise refused(48001)
    return app


async def answer_with_token(
    world: World,
    path: str,
    act: Callable[[App, bytes], Answer],
    request: Request,
    *,
    method: Method = "POST",
) -> Response:
    """Answer one call that carries an access token in its address."""

    def acted(body: bytes) -> Answer:
        app = tokens.app_by_token(world, request.query_params.get("access_token", ""))
        require_method(request, method)
        meet_refusals(world, path, app.app_id)
        quotas.spend(world, app.app_id, path)
        return act(app, body)

    token = world.tokens.get(request.query_params.get("access_token", ""))
    app_id = "" if token is None else token.app_id
    return await answer(world, path, app_id, acted, await request.body())


async def answer(
    world: World, path: str, app_id: str, acted: Callable[[bytes], Answer], body: bytes
) -> Response:
    """Act on a call and answer it as the faults in force let it."""
    if faults.meet(world, "server_error", path=path, app_id=app_id):
        _CALLS.labels(path, "http_502").inc()
        page = "<html><head><title>502 Bad Gateway</title></head><body></body></html>"
        return Response(page, status_code=502, media_type="text/html")
    try:
        said = acted(body)
    except WeChatError as error:
        said = {"errcode": error.errcode, "errmsg": f"{error.errmsg} rid: {_trace_id(world)}"}
    _CALLS.labels(path, str(said.get("errcode", 0))).inc()
    if faults.meet(world, "drop_answer", path=path, app_id=app_id):
        return DroppedAnswer()
    if slow := faults.meet(world, "slow", path=path, app_id=app_id):
        await asyncio.sleep(slow.seconds)
    return Response(msgspec.json.encode(said), media_type="application/json; encoding=utf-8")


def require_method(request: Request, method: Method) -> None:
    """Refuse a call by another method. Raises: WeChatError 43001, 43002."""
    if request.method != method:
        raise refused(43001 if method == "GET" else 43002)


def meet_refusals(world: World, path: str, app_id: str) -> None:
    """Refuse the call if a fault says so. Raises: WeChatError -1; 45009 or 45011."""
    if faults.meet(world, "busy", path=path, app_id=app_id):
        raise refused(-1)
    if faults.meet(world, "rate_limit", path=path, app_id=app_id):
        raise refused(45011 if path in LIMITED_BY_THE_MINUTE else 45009)


def _trace_id(world: World) -> str:
    random = world.surroundings.random_bytes(8).hex()
    return f"{world.surroundings.seconds():08x}-{random[:8]}-{random[8:]}"
