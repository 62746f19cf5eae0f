"""What a till is answered: statuses, headers and bodies."""

from collections.abc import Mapping

import msgspec
from chassis.errors import (
    BadUserInput,
    ChassisError,
    Forbidden,
    QueryRefused,
    RateLimited,
    RequestIdReused,
    Unauthenticated,
    Unavailable,
)
from starlette.responses import Response

from vouchers.domain.cards import errors
from vouchers.domain.errors import VouchersError
from vouchers.domain.merchants.errors import MerchantNotApproved

_UNAVAILABLE_SECONDS = 1
_STATUS: Mapping[type[Exception], int] = {
    Unauthenticated: 401,
    Forbidden: 403,
    MerchantNotApproved: 403,
    errors.RedemptionNotFound: 404,
    errors.IdempotencyKeyReused: 409,
    errors.CodeAlreadyUsed: 409,
    RequestIdReused: 409,
    QueryRefused: 413,
    BadUserInput: 422,
    VouchersError: 422,
    RateLimited: 429,
    Unavailable: 503,
}
_FAULT_OF_OURS = 500


def answered(status: int, body: object, headers: Mapping[str, str] | None = None) -> Response:
    """JSON that nobody in between keeps."""
    return Response(
        msgspec.json.encode(body),
        status_code=status,
        media_type="application/json",
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def refused(error: ChassisError | VouchersError) -> Response:
    """The error by its code, with its figures and with what HTTP says of its status."""
    body = {"code": error.code, "message": error.message, **_figures(error)}
    return answered(_status(error), body, _headers(error))


def _status(error: Exception) -> int:
    """That of the nearest kind that has one."""
    return next((_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS), _FAULT_OF_OURS)


def _figures(error: Exception) -> dict[str, int]:
    match error:
        case errors.BillBelowMinimum():
            return {"minimumSpendFen": error.minimum_spend_fen}
        case errors.RemainderTooLow():
            return {"remainingFen": error.remaining_fen}
        case _:
            return {}


def _headers(error: Exception) -> dict[str, str]:
    match error:
        case Unauthenticated():
            return {"WWW-Authenticate": "Bearer"}
        case RateLimited():
            return {"Retry-After": str(error.retry_after_seconds)}
        case Unavailable():
            return {"Retry-After": str(_UNAVAILABLE_SECONDS)}
        case _:
            return {}
