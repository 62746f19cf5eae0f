"""What a till or a portal asks for, under one name however often it asks."""

from chassis.ids import derived_id
from chassis.requests import Request

from vouchers.application.till.redeem_voucher import TillOrder


def till_order(
    request: Request, *, code: str, bill_fen: int, amount_fen: int | None, store_id: str
) -> TillOrder:
    """The order of a request; its id is of the caller and the key."""
    return TillOrder(
        use_id=derived_id("redemption", request.caller, request.request_id),
        input_hash=request.input_hash,
        code=code,
        bill_fen=bill_fen,
        amount_fen=amount_fen,
        store_id=store_id,
    )
