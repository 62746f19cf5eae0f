"""Make another code for an account that nobody has taken."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.create_staff_account import Invited
from residents.application.invitation_code import InvitationCode, InvitationSecret, issue_name
from residents.application.ports import Accounts, Now
from residents.application.repeats import outcome_of_repeat
from residents.application.username_reservation import UsernameReservations
from residents.domain.account import INVITATION_LIFETIME, Account
from residents.domain.errors import AccountNotFound, InvitationNotOpen
from residents.domain.login import AccountRef
from residents.domain.logins.permissions import (
    REISSUE_INVITATION,
)
from residents.domain.roles import Actor


@dataclass(frozen=True)
class ReissueInvitation:
    """Two writes: the username is kept as long as the new code, then the old code is void."""

    accounts: Accounts
    reservations: UsernameReservations
    invitation_secret: InvitationSecret
    now: Now

    async def __call__(self, actor: Actor, account_id: str, *, request: Request) -> Invited:
        """Make the next code; a repeat gets the same.

        Raises: Forbidden; AccountNotFound; InvitationNotOpen; UsernameTaken; RequestIdReused.
        """
        demand(actor, REISSUE_INVITATION)
        place = actor.community_id, account_id
        account = await outcome_of_repeat(self.accounts, *place, request)
        if account is None:
            account = await self.accounts.get(*place)
            if not account.is_led_by(actor):
                raise AccountNotFound
            account = await self._issued_again(account, request)
        if account.invitation is None:
            raise InvitationNotOpen
        secret = self.invitation_secret(issue_name(account.id, account.invitation.issue))
        return Invited(account, str(InvitationCode(account.community_id, account.id, secret)))

    async def _issued_again(self, account: Account, request: Request) -> Account:
        if account.invitation is None or account.username is None:
            raise InvitationNotOpen
        at = self.now()
        ref = AccountRef(account.community_id, account.id)
        until = at + INVITATION_LIFETIME
        await self.reservations.prolong(account.login_id, account.username, ref, until)
        secret = self.invitation_secret(issue_name(account.id, account.invitation.issue + 1))
        issue = account.invitation.issue

        def reissue(invited: Account) -> tuple[Account, tuple[()]]:
            """Once: who issued it meanwhile has handed out another code."""
            if invited.invitation is None or invited.invitation.issue != issue:
                raise InvitationNotOpen
            after, _ = invited.reissue_invitation(secret, at)
            return after, ()

        return await self.accounts.change(
            account.community_id, account.id, reissue, request=request
        )
