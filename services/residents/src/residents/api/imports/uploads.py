"""Files are sent beside the graph: POST /imports/resident-ledger and /imports/owners-register."""

from collections.abc import AsyncIterator
from datetime import date

import msgspec
from chassis.errors import (
    BadUserInput,
    ChassisError,
    Forbidden,
    RequestIdReused,
    Unauthenticated,
    Unavailable,
)
from chassis.identity import Authenticator
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from residents.api.context import actor_of
from residents.application.imports.ports import ReceivedFile
from residents.application.imports.receive_file import ReceiveFile
from residents.domain.imports.batch import Kind
from residents.domain.imports.errors import (
    FileNotWorkbook,
    FileTooLarge,
    FileTypeUnsupported,
    UploadIncomplete,
    UploadRefused,
)
from residents.domain.imports.file_size import LARGEST_FILE_BYTES
from residents.domain.roles import Actor

PATHS = {
    "/imports/resident-ledger": Kind.RESIDENT_LEDGER,
    "/imports/owners-register": Kind.OWNERS_REGISTER,
}
_TYPES = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel.sheet.macroenabled.12",
    "application/octet-stream",
}
_BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""Of a zip file, and of the container in which old workbooks lie, and those with a password.

Neither is read, but only the check can tell which it is, and say what to do.
"""
_LONGEST_KEY = 100
_STATUS: dict[type[ChassisError], int] = {
    Unauthenticated: 401,
    Forbidden: 403,
    RequestIdReused: 409,
    BadUserInput: 422,
    Unavailable: 503,
}


def upload_routes(receive_file: ReceiveFile, authenticator: Authenticator) -> list[BaseRoute]:
    """The edges; they count their bodies themselves, piece by piece."""

    def route(path: str, kind: Kind) -> BaseRoute:
        async def serve(request: Request) -> Response:
            try:
                actor = await _sender(authenticator, request)
                await receive_file.admit(actor, kind)
                batch = await receive_file(actor, _sent(kind, request))
            except UploadRefused as error:
                return _refused(error.status, error.code, error.message)
            except ChassisError as error:
                return _refused(_status(error), error.code, error.message)
            return _json(202, {"importId": batch.id})

        return Route(path, serve, methods=["POST"])

    return [route(path, kind) for path, kind in PATHS.items()]


async def _sender(authenticator: Authenticator, request: Request) -> Actor:
    principal = await authenticator.authenticate(request.headers)
    if principal is None:
        raise Unauthenticated
    return actor_of(principal)


def _sent(kind: Kind, request: Request) -> ReceivedFile:
    """What the headers say, before anything is read.

    Raises: BadUserInput; FileTypeUnsupported; FileTooLarge.
    """
    media_type, _, _ = request.headers.get("content-type", "").partition(";")
    if media_type.strip().lower() not in _TYPES:
        raise FileTypeUnsupported
    announced_bytes = _announced_bytes(request)
    if announced_bytes is not None and announced_bytes > LARGEST_FILE_BYTES:
        raise FileTooLarge
    key = request.headers.get("idempotency-key", "")
    if not 0 < len(key) <= _LONGEST_KEY:
        raise BadUserInput(f"请求头 Idempotency-Key 长度须为 1 至 {_LONGEST_KEY} 个字符。")
    pieces = _checked(request.stream(), announced_bytes)
    return ReceivedFile(kind=kind, request_id=key, as_of=_as_of(request), pieces=pieces)


def _announced_bytes(request: Request) -> int | None:
    announced = request.headers.get("content-length", "")
    return int(announced) if announced.isdecimal() else None


def _as_of(request: Request) -> date | None:
    said = request.headers.get("as-of")
    if said is None:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise BadUserInput("请求头 As-Of 须为形如 2026-11-01 的日期。") from None


async def _checked(
    pieces: AsyncIterator[bytes], announced_bytes: int | None
) -> AsyncIterator[bytes]:
    """The body as it comes. Raises: UploadRefused as soon as it is known to be no good."""
    size_bytes, beginning = 0, b""
    try:
        async for piece in pieces:
            size_bytes += len(piece)
            if size_bytes > LARGEST_FILE_BYTES:
                raise FileTooLarge
            beginning = _checked_beginning(beginning, piece)
            if piece:
                yield piece
    except ClientDisconnect:
        raise UploadIncomplete from None
    if beginning not in _BEGINNINGS:
        raise FileNotWorkbook
    if announced_bytes is not None and size_bytes != announced_bytes:
        raise UploadIncomplete


def _checked_beginning(beginning: bytes, piece: bytes) -> bytes:
    wanted = len(_BEGINNINGS[0])
    if len(beginning) < wanted:
        beginning = (beginning + piece)[:wanted]
    if not any(each.startswith(beginning) for each in _BEGINNINGS):
        raise FileNotWorkbook
    return beginning


def _status(error: ChassisError) -> int:
    return next(status for kind, status in _STATUS.items() if isinstance(error, kind))


def _refused(status: int, code: str, message: str) -> Response:
    # what is left of the body is not read
    return _json(status, {"code": code, "message": message}, {"connection": "close"})


def _json(status: int, body: object, headers: dict[str, str] | None = None) -> Response:
    return Response(
        msgspec.json.encode(body),
        status_code=status,
        media_type="application/json",
        headers={"Cache-Control": "no-store", **(headers or {})},
    )
