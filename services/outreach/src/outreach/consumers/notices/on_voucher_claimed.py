"""Somebody has a voucher."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from outreach.application.notices.note_voucher_change import NoteVoucherChange
from outreach.domain.notices import words
from outreach.domain.notices.issue_steps import Happening


class VoucherClaimed(msgspec.Struct, frozen=True):
    """What outreach needs of vouchers' voucher.claimed."""

    type: ClassVar[str] = "voucher.claimed.v1"

    voucher_id: str
    account_id: str | None
    face_value_fen: int
    how: str
    claimed_at: datetime


def on_voucher_claimed(note_voucher_change: NoteVoucherChange) -> Handle[VoucherClaimed]:
    """Tell whose it is."""

    async def handle(event: Received[VoucherClaimed]) -> None:
        told = event.data
        await note_voucher_change(
            event.community_id,
            told.account_id,
            Happening(
                subject_id=told.voucher_id,
                words=words.voucher_claimed(told.how, told.face_value_fen),
                happened_at=told.claimed_at,
                sequence=event.sequence,
            ),
        )

    return handle
