"""A binding of an account to a household is over."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from outreach.application.note_unbound_account import NoteUnboundAccount


class AccountUnbound(msgspec.Struct, frozen=True):
    """What outreach needs of residents' account.unbound."""

    type: ClassVar[str] = "account.unbound.v1"

    account_id: str
    household_id: str
    unbound_at: datetime


def on_account_unbound(note_unbound_account: NoteUnboundAccount) -> Handle[AccountUnbound]:
    """Join nothing more to an account without a household."""

    async def handle(event: Received[AccountUnbound]) -> None:
        unbound = event.data
        await note_unbound_account(
            event.community_id,
            unbound.account_id,
            household_id=unbound.household_id,
            unbound_at=unbound.unbound_at,
        )

    return handle
