"""Invite somebody to the staff."""

from dataclasses import dataclass

import msgspec
from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.invitation_code import InvitationCode, InvitationSecret, issue_name
from residents.application.ports import Accounts, EstateRegister, Now
from residents.application.username_reservation import UsernameReservations
from residents.domain.account import INVITATION_LIFETIME, Account
from residents.domain.errors import AccountNotFound
from residents.domain.login import AccountRef
from residents.domain.naming import checked_username
from residents.domain.permissions import CREATE_STAFF_ACCOUNT, check_may_give
from residents.domain.roles import Actor, RoleGrant


class NewStaff(msgspec.Struct, frozen=True):
    """Who is invited, and the ids that belong to this request and this username."""

    account_id: str
    login_id: str
    username: str
    display_name: str
    grant: RoleGrant


class Invited(msgspec.Struct, frozen=True):
    """The account, and the code that its person is to be handed. A repeat gets the same code."""

    account: Account
    invitation_code: str


@dataclass(frozen=True)
class CreateStaffAccount:
    """Two writes: the username is reserved, then the account is made.

    After a crash between them the same request goes on; a reservation that nobody goes on with
    lapses when the invitation would have.
    """

    accounts: Accounts
    reservations: UsernameReservations
    estates: EstateRegister
    invitation_secret: InvitationSecret
    now: Now

    async def __call__(self, actor: Actor, new: NewStaff, *, request: Request) -> Invited:
        """Make the account and the code that opens it.

        Raises: Forbidden; RoleBeyondScope; EstateNotFound; UsernameTaken; UsernameInvalid;
            NameInvalid; RequestIdReused.
        """
        demand(actor, CREATE_STAFF_ACCOUNT)
        check_may_give(actor, new.grant)
        if new.grant.scope:
            await self.estates.check(actor.community_id, new.grant.scope)
        username = checked_username(new.username)
        account = self._invitation(actor, new, username)
        if not await self._is_there(account):
            ref = AccountRef(account.community_id, account.id)
            until = self.now() + INVITATION_LIFETIME
            await self.reservations.reserve(account.login_id, username, ref, until)
        account = await self.accounts.add(account, request=request)
        issue = account.invitation.issue if account.invitation else 0
        secret = self.invitation_secret(issue_name(account.id, issue))
        return Invited(account, str(InvitationCode(account.community_id, account.id, secret)))

    def _invitation(self, actor: Actor, new: NewStaff, username: str) -> Account:
        return Account.invite(
            new.account_id,
            by=actor,
            login_id=new.login_id,
            username=username,
            name=new.display_name,
            grant=new.grant,
            secret=self.invitation_secret(new.account_id),
            at=self.now(),
        )

    async def _is_there(self, account: Account) -> bool:
        try:
            await self.accounts.get(account.community_id, account.id)
        except AccountNotFound:
            return False
        return True
