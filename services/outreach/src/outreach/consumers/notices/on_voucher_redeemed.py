"""Some of a voucher was spent."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from outreach.application.notices.note_voucher_change import NoteVoucherChange
from outreach.domain.notices import words
from outreach.domain.notices.issue_steps import Happening


class VoucherRedeemed(msgspec.Struct, frozen=True):
    """What outreach needs of vouchers' voucher.redeemed."""

    type: ClassVar[str] = "voucher.redeemed.v1"

    voucher_id: str
    account_id: str | None
    use_id: str
    amount_fen: int
    remaining_fen: int
    redeemed_at: datetime


def on_voucher_redeemed(note_voucher_change: NoteVoucherChange) -> Handle[VoucherRedeemed]:
    """Tell whose it is."""

    async def handle(event: Received[VoucherRedeemed]) -> None:
        told = event.data
        await note_voucher_change(
            event.community_id,
            told.account_id,
            Happening(
                subject_id=told.voucher_id,
                words=words.voucher_redeemed(told.amount_fen, told.remaining_fen),
                happened_at=told.redeemed_at,
                sequence=event.sequence,
                detail=told.use_id,
            ),
        )

    return handle
