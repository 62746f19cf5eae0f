"""A merchant took something off a voucher."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from vouchers.application.ledger.post_entries import PostEntries
from vouchers.domain.ledger import posting


class VoucherRedeemed(msgspec.Struct, frozen=True):
    """What the books need of voucher.redeemed."""

    type: ClassVar[str] = "voucher.redeemed.v1"

    voucher_id: str
    campaign_id: str
    use_id: str
    merchant_id: str
    store_id: str
    amount_fen: int
    redeemed_at: datetime


def ledger_on_voucher_redeemed(post: PostEntries) -> Handle[VoucherRedeemed]:
    """Enter it."""

    async def handle(event: Received[VoucherRedeemed]) -> None:
        said = event.data
        slip = posting.TillSlip(
            said.voucher_id, said.campaign_id, said.use_id, said.merchant_id, said.store_id
        )
        entry = posting.redeemed(slip, said.amount_fen, said.redeemed_at)
        await post(event.community_id, event.id, entry)

    return handle
