"""Remember what an account may act as."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from issues.application.handling.learn_account import LearnAccount

RESIDENTS_TOPIC = "linli.residents.events"


class HeldRole(msgspec.Struct, frozen=True):
    """A role; for which estates it holds does not matter here."""

    role: str


class AccountRolesChanged(msgspec.Struct, frozen=True):
    """What an account may act as from now on, nothing when it is shut."""

    type: ClassVar[str] = "account.roles_changed.v1"
    account_id: str
    roles: tuple[HeldRole, ...]


def on_account_roles_changed(learn_account: LearnAccount) -> Handle[AccountRolesChanged]:
    """Make the handler."""

    async def handle(event: Received[AccountRolesChanged]) -> None:
        account = event.data
        await learn_account(
            event.community_id,
            account.account_id,
            [held.role for held in account.roles],
            sequence=event.sequence,
        )

    return handle
