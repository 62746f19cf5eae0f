"""What was left of a voucher went back to its campaign."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from vouchers.application.ledger.post_entries import PostEntries
from vouchers.domain.ledger import posting


class VoucherExpired(msgspec.Struct, frozen=True):
    """What the books need of voucher.expired."""

    type: ClassVar[str] = "voucher.expired.v1"

    voucher_id: str
    campaign_id: str
    released_fen: int
    expired_at: datetime


def ledger_on_voucher_expired(post: PostEntries) -> Handle[VoucherExpired]:
    """Enter it."""

    async def handle(event: Received[VoucherExpired]) -> None:
        said = event.data
        entry = posting.expired(
            said.campaign_id, said.voucher_id, said.released_fen, said.expired_at
        )
        await post(event.community_id, event.id, entry)

    return handle
