"""Residents verified who the person of an account is."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from outreach.application.note_bound_account import NoteBoundAccount


class AccountBound(msgspec.Struct, frozen=True):
    """What outreach needs of residents' account.bound."""

    type: ClassVar[str] = "account.bound.v1"

    account_id: str
    person_key: str
    household_id: str
    union_mark: str | None
    bound_at: datetime


def on_account_bound(note_bound_account: NoteBoundAccount) -> Handle[AccountBound]:
    """Join what the person wrote."""

    async def handle(event: Received[AccountBound]) -> None:
        bound = event.data
        await note_bound_account(
            event.community_id,
            bound.account_id,
            household_id=bound.household_id,
            person_key=bound.person_key,
            union_mark=bound.union_mark,
            bound_at=bound.bound_at,
            sequence=event.sequence,
        )

    return handle
