"""Tills ask beside the graph: /till/v1."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec
from chassis.errors import (
    BadUserInput,
    ChassisError,
    QueryRefused,
    RateLimited,
    Unauthenticated,
)
from chassis.identity import Authenticator
from chassis.requests import Requests
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from vouchers.api.context import actor_of
from vouchers.api.till.answers import answered, refused
from vouchers.api.till.orders import till_order
from vouchers.api.till.pace import Pace
from vouchers.application.till.preview_voucher import Preview
from vouchers.application.till.till import Till
from vouchers.domain.actors import Actor
from vouchers.domain.cards.uses import Use
from vouchers.domain.errors import VouchersError

PATHS = "/till/v1/"
_LARGEST_BODY_BYTES = 4_096
_LONGEST_KEY = 100
_LONGEST_CODE = 40
_REQUESTS_A_SECOND, _REQUESTS_AT_ONCE = 20.0, 60

B = TypeVar("B")


class RedemptionBody(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """POST /till/v1/redemptions. Amounts are whole fen."""

    code: str
    bill_fen: int
    store_id: str
    amount_fen: int | None = None


class PreviewBody(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """POST /till/v1/vouchers/preview."""

    code: str
    bill_fen: int


class TillEdge:
    """The routes; a till sees codes, amounts and times, never a person."""

    def __init__(self, till: Till, authenticator: Authenticator, requests: Requests) -> None:
        self._till = till
        self._authenticator = authenticator
        self._requests = requests
        self._pace = Pace(a_second=_REQUESTS_A_SECOND, at_once=_REQUESTS_AT_ONCE)

    def routes(self) -> list[BaseRoute]:
        """All of them."""
        return [
            Route(f"{PATHS}redemptions", self._answering(self._redeem), methods=["POST"]),
            Route(f"{PATHS}redemptions/{{id}}", self._answering(self._read), methods=["GET"]),
            Route(f"{PATHS}vouchers/preview", self._answering(self._preview), methods=["POST"]),
        ]

    async def _redeem(self, actor: Actor, request: Request) -> Response:
        key = request.headers.get("idempotency-key", "")
        if not 0 < len(key) <= _LONGEST_KEY or not key.isascii() or not key.isprintable():
            raise BadUserInput(
                f"请求头 Idempotency-Key 须为 1 至 {_LONGEST_KEY} 个可见的英文字符。"
            )
        body = await _body(request, RedemptionBody)
        asked = {
            "code": body.code,
            "bill_fen": body.bill_fen,
            "amount_fen": body.amount_fen,
            "store_id": body.store_id,
        }
        order = till_order(
            actor,
            self._requests.request_for(actor.account_id, key, **asked),
            code=body.code[:_LONGEST_CODE],
            bill_fen=body.bill_fen,
            amount_fen=body.amount_fen,
            store_id=body.store_id,
        )
        redemption = await self._till.redeem(actor, order)
        return answered(201, _redemption(redemption.use))

    async def _read(self, actor: Actor, request: Request) -> Response:
        redemption = await self._till.read(actor, request.path_params["id"])
        return answered(200, _redemption(redemption.use))

    async def _preview(self, actor: Actor, request: Request) -> Response:
        body = await _body(request, PreviewBody)
        preview = await self._till.preview(actor, body.code[:_LONGEST_CODE], bill_fen=body.bill_fen)
        return answered(200, _preview(preview))

    def _answering(
        self, serve: Callable[[Actor, Request], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                actor = await self._caller(request)
                return await serve(actor, request)
            except (ChassisError, VouchersError) as error:
                return refused(error)

        return answer

    async def _caller(self, request: Request) -> Actor:
        """Who asks, if not too often. Raises: Unauthenticated; RateLimited."""
        principal = await self._authenticator.authenticate(request.headers)
        if principal is None:
            raise Unauthenticated
        if not self._pace.take(principal.account_id):
            raise RateLimited
        return actor_of(principal)


async def _body(request: Request, kind: type[B]) -> B:
    """The body, read no further than it may be long.

    Raises: QueryRefused for a longer one; BadUserInput for one that is not what is asked for.
    """
    read = bytearray()
    try:
        async for piece in request.stream():
            read += piece
            if len(read) > _LARGEST_BODY_BYTES:
                raise QueryRefused("提交的内容过大。")
        return msgspec.json.decode(bytes(read), type=kind)
    # msgspec says RecursionError of what lies too deep
    except (ClientDisconnect, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadUserInput from None


def _redemption(use: Use) -> dict[str, object]:
    return {
        "redemptionId": use.id,
        "amountFen": use.amount_fen,
        "billFen": use.bill_fen,
        "toPayFen": use.bill_fen - use.amount_fen,
        "remainingFen": use.remaining_fen,
        "storeId": use.store_id,
        "redeemedAt": use.redeemed_at,
        "reversedAt": use.reversed_at,
    }


def _preview(preview: Preview) -> dict[str, object]:
    voucher = preview.voucher
    return {
        "amountFen": preview.amount_fen,
        "faceValueFen": voucher.face_value_fen,
        "remainingFen": voucher.remaining_fen,
        "minimumSpendFen": voucher.minimum_spend_fen,
        "usableUntil": voucher.usable_until,
        "singleUse": voucher.is_single_use,
    }
