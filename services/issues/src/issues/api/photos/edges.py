"""Photos are sent and seen beside the graph: PUT /photos/{id}, GET /photos/{id}/{rendition}.

Tickets and signatures are in the query because no log line and no span carries a URL's query.
"""

import asyncio
from collections.abc import AsyncIterator

import msgspec
from chassis.errors import Unavailable
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from issues.api.photos.upload_gate import UploadGate
from issues.application.photos.ports import Sent
from issues.application.photos.show_photo import ShowPhoto
from issues.application.photos.upload_photo import UploadPhoto
from issues.domain.photos.errors import (
    PhotoAlreadyUploaded,
    PhotoBusy,
    PhotoIncomplete,
    PhotoNotAnImage,
    PhotoNotFound,
    PhotoRefused,
    PhotoTicketInvalid,
    PhotoTooLarge,
    PhotoTooManyPixels,
)
from issues.domain.photos.photo import Photo

STREAMING_PATH = "/photos/"
"""Bodies below it are counted here, piece by piece."""

_BODY_WITHIN_SECONDS = 60.0
_RETRY_AFTER_SECONDS = "5"
_STATUS: dict[type[PhotoRefused], int] = {
    PhotoBusy: 503,
    PhotoIncomplete: 400,
    PhotoTicketInvalid: 403,
    PhotoAlreadyUploaded: 409,
    PhotoTooLarge: 413,
    PhotoNotAnImage: 415,
    PhotoTooManyPixels: 422,
}
_NO_STORE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_SHOWN = {
    **_NO_STORE,
    "Cache-Control": "private, max-age=300",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def edge_routes(
    upload_photo: UploadPhoto,
    show_photo: ShowPhoto,
    *,
    gate: UploadGate | None = None,
    body_within_seconds: float = _BODY_WITHIN_SECONDS,
) -> list[BaseRoute]:
    """The two edges of photos."""
    uploads = gate or UploadGate()

    async def receive(request: Request) -> Response:
        ticket = request.query_params.get("ticket", "")
        try:
            # nobody without a good ticket takes any room
            awaited = await upload_photo.admitted(request.path_params["photo_id"], ticket)
            async with uploads.passing(awaited):
                sent = _sent(request, body_within_seconds)
                photo = await upload_photo(awaited.id, ticket, sent)
        except PhotoRefused as error:
            return _refused(_STATUS[type(error)], error.code, error.message)
        except Unavailable as error:
            return _refused(503, error.code, error.message)
        return _json(201, _told(photo))

    async def show(request: Request) -> Response:
        query = request.query_params
        try:
            content = await show_photo(
                request.path_params["photo_id"],
                request.path_params["rendition"],
                query.get("until", ""),
                query.get("sig", ""),
            )
        except PhotoNotFound as error:
            return _json(404, {"code": error.code, "message": error.message})
        except Unavailable as error:
            return _json(503, {"code": error.code, "message": error.message})
        return Response(content, media_type="image/jpeg", headers=_SHOWN)

    return [
        Route("/photos/{photo_id}", receive, methods=["PUT"]),
        Route("/photos/{photo_id}/{rendition}", show, methods=["GET"]),
    ]


def _sent(request: Request, within_seconds: float) -> Sent:
    announced = request.headers.get("content-length", "")
    return Sent(
        announced_bytes=int(announced) if announced.isdecimal() else None,
        pieces=_in_time(request, within_seconds),
    )


async def _in_time(request: Request, within_seconds: float) -> AsyncIterator[bytes]:
    """The body as it comes. Raises: PhotoIncomplete when it breaks off or takes too long."""
    pieces = request.stream()
    ends_at = asyncio.get_running_loop().time() + within_seconds
    while True:
        try:
            async with asyncio.timeout_at(ends_at):
                piece = await anext(pieces, None)
        except (ClientDisconnect, TimeoutError):
            raise PhotoIncomplete from None
        if piece is None:
            return
        yield piece


def _told(photo: Photo) -> dict[str, object]:
    picture = photo.picture
    size = {"width": picture.width, "height": picture.height} if picture else {}
    return {"photoId": photo.id, **size}


def _refused(status: int, code: str, message: str) -> Response:
    # what is left of the body is not read
    headers = {"connection": "close"}
    if status == 503:
        headers["retry-after"] = _RETRY_AFTER_SECONDS
    return _json(status, {"code": code, "message": message}, headers)


def _json(status: int, body: object, headers: dict[str, str] | None = None) -> Response:
    return Response(
        msgspec.json.encode(body),
        status_code=status,
        media_type="application/json",
        headers={**_NO_STORE, **(headers or {})},
    )
