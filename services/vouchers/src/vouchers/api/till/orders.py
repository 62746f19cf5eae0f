"""What a till or a portal asks for, under one name however often it asks."""

from chassis.ids import derived_id
from chassis.requests import Request

from vouchers.application.till.presented import merchant_of
from vouchers.application.till.redeem_voucher import TillOrder
from vouchers.domain.actors import Actor


def till_order(
    actor: Actor,
    request: Request,
    *,
    code: str,
    bill_fen: int,
    amount_fen: int | None,
    store_id: str,
) -> TillOrder:
    """The order of a request.

    Its id is of the merchant and the key, not of the client: a till that asks again with the
    client that replaced its own is given what the first one got.

    Raises: Forbidden.
    """
    return TillOrder(
        use_id=derived_id("redemption", merchant_of(actor), request.request_id),
        input_hash=request.input_hash,
        code=code,
        bill_fen=bill_fen,
        amount_fen=amount_fen,
        store_id=store_id,
    )
