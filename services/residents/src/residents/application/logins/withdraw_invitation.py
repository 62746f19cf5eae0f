"""Take back an invitation that nobody has taken."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.ports import Accounts, Now
from residents.application.username_reservation import UsernameReservations
from residents.domain.account import Account
from residents.domain.login import AccountRef
from residents.domain.logins.permissions import (
    WITHDRAW_INVITATION,
)
from residents.domain.roles import Actor


@dataclass(frozen=True)
class WithdrawInvitation:
    """Two writes: the account is shut, then the username is free for somebody else."""

    accounts: Accounts
    reservations: UsernameReservations
    now: Now

    async def __call__(self, actor: Actor, account_id: str, *, request: Request) -> Account:
        """Withdraw it; a repeat after a crash frees the username.

        Raises: Forbidden; AccountNotFound; InvitationNotOpen; RequestIdReused.
        Emits: account.disabled v1.
        """
        demand(actor, WITHDRAW_INVITATION)
        at = self.now()
        account = await self.accounts.change(
            actor.community_id,
            account_id,
            lambda account: account.withdraw_invitation(actor, at),
            request=request,
        )
        ref = AccountRef(account.community_id, account.id)
        await self.reservations.release(account.login_id, ref)
        return account
