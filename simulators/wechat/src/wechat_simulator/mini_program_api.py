"""What a mini-program's server asks: whose login code it has, and whose phone number."""

import base64

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from wechat_simulator import codes, quotas, tokens
from wechat_simulator.answering import (
    CODE_TO_SESSION,
    OK,
    PHONE_NUMBER,
    Answer,
    answer,
    answer_with_token,
    body_as,
    meet_refusals,
    mini_program,
    require_method,
)
from wechat_simulator.errcodes import refused
from wechat_simulator.records import App, MiniProgram
from wechat_simulator.world import World, openid_of, unionid_of

CHINA = "86"
_SESSION_KEY_BYTES = 16


class PhoneNumberRequest(msgspec.Struct):
    code: str = ""


def mini_program_router(world: World) -> APIRouter:
    """Return the routes that exchange codes."""
    router = APIRouter()

    @router.api_route(CODE_TO_SESSION, methods=["GET", "POST"])
    async def code_to_session(
        request: Request,
        appid: str = "",
        secret: str = "",
        js_code: str = "",
        grant_type: str = "",
    ) -> Response:
        def acted(body: bytes) -> Answer:
            require_method(request, "GET")
            app = tokens.app_by_secret(world, appid, secret)
            if not isinstance(app, MiniProgram):
                raise refused(40013)
            if not js_code:
                raise refused(41008)
            if grant_type != "authorization_code":
                raise refused(40002)
            meet_refusals(world, CODE_TO_SESSION, appid)
            return _session(world, app, js_code)

        return await answer(world, CODE_TO_SESSION, appid, acted, b"")

    @router.api_route(PHONE_NUMBER, methods=["GET", "POST"])
    async def phone_number(request: Request) -> Response:
        def act(app: App, body: bytes) -> Answer:
            asked = body_as(PhoneNumberRequest, body)
            return _phone_number(world, mini_program(app), asked.code)

        return await answer_with_token(world, PHONE_NUMBER, act, request)

    return router


def _session(world: World, program: MiniProgram, js_code: str) -> Answer:
    code = codes.living_code(world, "login", js_code)
    if code.app_id != program.app_id:
        raise refused(40029)
    if code.used:
        raise refused(40163)
    quotas.spend(world, program.app_id, CODE_TO_SESSION, user=code.phone)
    phone = codes.use(world, code)
    if phone.high_risk:
        raise refused(40226)
    session_key = base64.b64encode(world.surroundings.random_bytes(_SESSION_KEY_BYTES)).decode()
    session = {"session_key": session_key, "openid": openid_of(program.app_id, phone.name)}
    if program.open_platform is not None:
        session["unionid"] = unionid_of(program.open_platform, phone.name)
    return session


def _phone_number(world: World, program: MiniProgram, value: str) -> Answer:
    code = codes.living_code(world, "phone_number", value)
    if code.app_id != program.app_id:
        raise refused(40013)
    if code.used:
        raise refused(40029)
    number = codes.use(world, code).phone_number
    watermark = {"timestamp": code.issued_at, "appid": program.app_id}
    info = {
        "phoneNumber": number,
        "purePhoneNumber": number,
        "countryCode": CHINA,
        "watermark": watermark,
    }
    return {**OK, "phone_info": info}
