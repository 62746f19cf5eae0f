"""This service hears its own event, so that a disabled account's sessions end for certain."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from residents.application.end_sessions_of_account import EndSessionsOfAccount


class AccountDisabled(msgspec.Struct, frozen=True):
    """What is needed of account.disabled."""

    type: ClassVar[str] = "account.disabled.v1"

    account_id: str
    disabled_at: datetime


def on_account_disabled(end_sessions: EndSessionsOfAccount) -> Handle[AccountDisabled]:
    """End every session of the account."""

    async def handle(event: Received[AccountDisabled]) -> None:
        await end_sessions(event.data.account_id, at=event.data.disabled_at)

    return handle
