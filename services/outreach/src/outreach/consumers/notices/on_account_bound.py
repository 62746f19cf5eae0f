"""Residents verified who the person of an account is: their key locks their openid."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from outreach.application.notices.lock_openids import LockOpenids


class AccountBound(msgspec.Struct, frozen=True):
    """What notices need of residents' account.bound."""

    type: ClassVar[str] = "account.bound.v1"

    account_id: str
    person_key: str


def on_account_bound(lock_openids: LockOpenids) -> Handle[AccountBound]:
    """Lock it for that person."""

    async def handle(event: Received[AccountBound]) -> None:
        await lock_openids(
            event.community_id,
            event.data.account_id,
            person_key=event.data.person_key,
            sequence=event.sequence,
        )

    return handle
