"""The address that WeChat calls: GET to see whether it is ours, POST for each message.

An answer other than 200 makes WeChat send again, so "success" is said only of what is stored, or
of what is not to be stored: an event, the words of a person who was erased.
"""

import asyncio

import structlog
from chassis.errors import Unavailable
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from outreach.application.ports import Envelope
from outreach.application.receive_callback import ReceiveCallback
from outreach.domain import errors

BODY_BYTES = 64 * 1024
ANSWERED_WITHIN_SECONDS = 4.5
"""WeChat waits five seconds."""
AT_ONCE = 32
"""Anybody can call: so many are looked up, decrypted and stored at the same time, however many
come. Reading a body, which the caller can draw out, holds nobody else up."""
_STATUS: dict[type[errors.OutreachError], int] = {
    errors.ChannelNotFound: 404,
    errors.ChannelArchived: 410,
    errors.CallbackUnsigned: 403,
    errors.CallbackSignatureInvalid: 403,
    errors.CallbackStale: 403,
    errors.CallbackUnreadable: 400,
}
_log = structlog.stdlib.get_logger("outreach.callback")


class BodyTooLarge(Exception):
    """More than a message of WeChat's can be."""


def callback_routes(receive: ReceiveCallback) -> list[BaseRoute]:
    """Make the routes of `/wechat/callback/{channel_id}`."""
    slots = asyncio.Semaphore(AT_ONCE)

    async def confirm_address(request: Request) -> Response:
        channel_id = request.path_params["channel_id"]
        query = request.query_params
        envelope = _envelope(request, query.get("signature", ""), b"")
        async with slots:
            await receive.confirm_address(channel_id, envelope)
        return PlainTextResponse(query.get("echostr", ""))

    async def take_message(request: Request) -> Response:
        signature = request.query_params.get("msg_signature", "")
        envelope = _envelope(request, signature, await _body(request))
        async with slots:
            await receive(request.path_params["channel_id"], envelope)
        return PlainTextResponse("success")

    async def callback(request: Request) -> Response:
        answer = confirm_address if request.method == "GET" else take_message
        try:
            async with asyncio.timeout(ANSWERED_WITHIN_SECONDS):
                return await answer(request)
        except errors.OutreachError as error:
            _log.warning("callback refused", reason=error.code)
            return _refusal(_STATUS[type(error)], error.code, error.message)
        except BodyTooLarge:
            return _refusal(413, "CALLBACK_TOO_LARGE", "回调内容过大。")
        except (Unavailable, TimeoutError):
            _log.warning("callback not stored; WeChat will send it again")
            return _refusal(503, Unavailable.code, Unavailable.message)

    return [Route("/wechat/callback/{channel_id}", callback, methods=["GET", "POST"])]


def _envelope(request: Request, signature: str, body: bytes) -> Envelope:
    query = request.query_params
    return Envelope(
        timestamp=query.get("timestamp", ""),
        nonce=query.get("nonce", ""),
        signature=signature,
        encrypted=query.get("encrypt_type") == "aes",
        body=body,
    )


async def _body(request: Request) -> bytes:
    """Read the body, as far as a message of WeChat's can go. Raises: BodyTooLarge."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES:
            raise BodyTooLarge
    return bytes(body)


def _refusal(status: int, code: str, message: str) -> Response:
    return JSONResponse({"code": code, "message": message}, status_code=status)
