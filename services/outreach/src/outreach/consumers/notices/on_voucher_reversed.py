"""What was spent of a voucher is back."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from outreach.application.notices.note_voucher_change import NoteVoucherChange
from outreach.domain.notices import words
from outreach.domain.notices.issue_steps import Happening


class VoucherReversed(msgspec.Struct, frozen=True):
    """What outreach needs of vouchers' voucher.reversed."""

    type: ClassVar[str] = "voucher.reversed.v1"

    voucher_id: str
    account_id: str | None
    use_id: str
    amount_fen: int
    reversed_at: datetime


def on_voucher_reversed(note_voucher_change: NoteVoucherChange) -> Handle[VoucherReversed]:
    """Tell whose it is."""

    async def handle(event: Received[VoucherReversed]) -> None:
        told = event.data
        await note_voucher_change(
            event.community_id,
            told.account_id,
            Happening(
                subject_id=told.voucher_id,
                words=words.voucher_reversed(told.amount_fen),
                happened_at=told.reversed_at,
                sequence=event.sequence,
                detail=told.use_id,
            ),
        )

    return handle
