"""A binding of an account to a household is over."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from vouchers.application.cards.account_holders import AccountHolders
from vouchers.domain.cards.account_holders import AccountHolder


class AccountUnbound(msgspec.Struct, frozen=True):
    """What vouchers needs of residents' account.unbound."""

    type: ClassVar[str] = "account.unbound.v1"

    account_id: str
    household_id: str
    unbound_at: datetime


def on_account_unbound(holders: AccountHolders) -> Handle[AccountUnbound]:
    """Count the account to that household no longer."""

    async def handle(event: Received[AccountUnbound]) -> None:
        unbound = event.data
        await holders.add(AccountHolder(id=unbound.account_id, community_id=event.community_id))
        await holders.change(
            event.community_id,
            unbound.account_id,
            lambda holder: holder.unbind(unbound.household_id, at=unbound.unbound_at),
        )

    return handle
