"""Somebody has a voucher."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from vouchers.application.ledger.post_entries import PostEntries
from vouchers.domain.ledger import posting


class VoucherClaimed(msgspec.Struct, frozen=True):
    """What the books need of voucher.claimed."""

    type: ClassVar[str] = "voucher.claimed.v1"

    voucher_id: str
    campaign_id: str
    face_value_fen: int
    claimed_at: datetime


def ledger_on_voucher_claimed(post: PostEntries) -> Handle[VoucherClaimed]:
    """Enter it."""

    async def handle(event: Received[VoucherClaimed]) -> None:
        said = event.data
        entry = posting.claimed(
            said.campaign_id, said.voucher_id, said.face_value_fen, said.claimed_at
        )
        await post(event.community_id, event.id, entry)

    return handle
