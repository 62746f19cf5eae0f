"""Residents verified who the person of an account is."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from vouchers.application.cards.account_holders import AccountHolders
from vouchers.domain.cards.account_holders import AccountHolder


class AccountBound(msgspec.Struct, frozen=True):
    """What vouchers needs of residents' account.bound."""

    type: ClassVar[str] = "account.bound.v1"

    account_id: str
    person_key: str
    household_id: str
    estate_id: str
    bound_at: datetime


def on_account_bound(holders: AccountHolders) -> Handle[AccountBound]:
    """Know the person and the household behind the account."""

    async def handle(event: Received[AccountBound]) -> None:
        bound = event.data
        await holders.add(AccountHolder(id=bound.account_id, community_id=event.community_id))
        await holders.change(
            event.community_id,
            bound.account_id,
            lambda holder: holder.bind(
                bound.household_id,
                estate_id=bound.estate_id,
                person_key=bound.person_key,
                at=bound.bound_at,
                sequence=event.sequence,
            ),
        )

    return handle
