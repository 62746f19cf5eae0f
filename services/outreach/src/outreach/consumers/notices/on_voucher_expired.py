"""What was not spent of a voucher in time is gone."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from outreach.application.notices.note_voucher_change import NoteVoucherChange
from outreach.domain.notices import words
from outreach.domain.notices.issue_steps import Happening


class VoucherExpired(msgspec.Struct, frozen=True):
    """What outreach needs of vouchers' voucher.expired."""

    type: ClassVar[str] = "voucher.expired.v1"

    voucher_id: str
    account_id: str | None
    released_fen: int
    expired_at: datetime


def on_voucher_expired(note_voucher_change: NoteVoucherChange) -> Handle[VoucherExpired]:
    """Tell whose it is."""

    async def handle(event: Received[VoucherExpired]) -> None:
        told = event.data
        await note_voucher_change(
            event.community_id,
            told.account_id,
            Happening(
                subject_id=told.voucher_id,
                words=words.voucher_expired(told.released_fen),
                happened_at=told.expired_at,
                sequence=event.sequence,
            ),
        )

    return handle
