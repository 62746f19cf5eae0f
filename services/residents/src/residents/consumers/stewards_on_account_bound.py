"""A resident's appointments become the account's that is bound to them."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from residents.application.teams.settle_steward_roles import SettleStewardRoles


class AccountBound(msgspec.Struct, frozen=True):
    """What is needed of account.bound."""

    type: ClassVar[str] = "account.bound.v1"

    community_id: str
    account_id: str


def stewards_on_account_bound(roles: SettleStewardRoles) -> Handle[AccountBound]:
    """Give the account what its resident was appointed to."""

    async def handle(event: Received[AccountBound]) -> None:
        await roles.of_account(event.data.community_id, event.data.account_id)

    return handle
