"""What an account was as a resident, it is no longer when it is unbound."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from residents.application.teams.settle_steward_roles import SettleStewardRoles


class AccountUnbound(msgspec.Struct, frozen=True):
    """What is needed of account.unbound."""

    type: ClassVar[str] = "account.unbound.v1"

    community_id: str
    account_id: str


def stewards_on_account_unbound(roles: SettleStewardRoles) -> Handle[AccountUnbound]:
    """Take from the account what was its resident's."""

    async def handle(event: Received[AccountUnbound]) -> None:
        await roles.of_account(event.data.community_id, event.data.account_id)

    return handle
