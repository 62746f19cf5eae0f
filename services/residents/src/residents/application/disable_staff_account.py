"""Shut somebody out of the community's staff."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.ports import Accounts, Now
from residents.domain.account import Account
from residents.domain.permissions import DISABLE_STAFF_ACCOUNT
from residents.domain.roles import Actor


@dataclass(frozen=True)
class DisableStaffAccount:
    """One write; the account's sessions end by the event of it."""

    accounts: Accounts
    now: Now

    async def __call__(self, actor: Actor, account_id: str, *, request: Request) -> Account:
        """Shut it.

        Raises: AccountNotFound; OwnAccount; RequestIdReused.
        Emits: account.disabled v1, account.roles_changed v1.
        """
        demand(actor, DISABLE_STAFF_ACCOUNT)
        at = self.now()
        return await self.accounts.change(
            actor.community_id,
            account_id,
            lambda account: account.disable(actor, at),
            request=request,
        )
