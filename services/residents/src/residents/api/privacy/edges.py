"""GET /exports/{id}?ticket=…: a person's data as JSON, for a ticket that is good once.

The secret is in the query because no log line and no span carries a URL's query.
"""

from collections.abc import Mapping

import msgspec
from chassis.errors import Unavailable
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from residents.application.privacy.request_export import Ticket
from residents.application.privacy.take_export import TakeExport
from residents.domain.privacy.errors import ExportNotFound

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_AS_A_FILE = {"Content-Disposition": 'attachment; filename="linli-data.json"'}


def path_of(ticket: Ticket) -> str:
    """Where a ticket is good."""
    return f"/exports/{ticket.export.id}?ticket={ticket.secret}"


def edge_routes(take_export: TakeExport) -> list[BaseRoute]:
    """The one edge of this room."""

    async def serve_export(request: Request) -> Response:
        if request.method == "HEAD":  # a look at the headers must not use the ticket up
            return Response(status_code=405, headers={"Allow": "GET"})
        secret = request.query_params.get("ticket", "")
        try:
            told = await take_export(request.path_params["export_id"], secret)
        except ExportNotFound as error:
            return _json({"code": error.code, "message": error.message}, status=404)
        except Unavailable as error:
            return _json({"code": error.code, "message": error.message}, status=503)
        return _json(told, headers=_AS_A_FILE)

    return [Route("/exports/{export_id}", serve_export, methods=["GET"])]


def _json(
    body: Mapping[str, object], *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    return Response(
        msgspec.json.encode(body),
        status_code=status,
        media_type="application/json",
        headers={**_HEADERS, **(headers or {})},
    )
