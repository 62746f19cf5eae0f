"""This service hears its own event, so that the archive has whom a binding was verified as."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from residents.application.logins.settle_bound_resident import SettleBoundResident


class AccountBound(msgspec.Struct, frozen=True):
    """What is needed of account.bound."""

    type: ClassVar[str] = "account.bound.v1"

    account_id: str
    resident_id: str


def residents_on_account_bound(settle: SettleBoundResident) -> Handle[AccountBound]:
    """Let the archive know the resident."""

    async def handle(event: Received[AccountBound]) -> None:
        await settle(event.community_id, event.data.account_id, event.data.resident_id)

    return handle
