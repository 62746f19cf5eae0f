"""Take an account by its invitation: the person chooses a password and gets a TOTP secret."""

from dataclasses import dataclass

import msgspec

from residents.application.invitation_code import InvitationCode
from residents.application.ports import Accounts, Logins, Now, Passwords, TotpCodes, UnknownLogin
from residents.domain.account import Account
from residents.domain.errors import AccountNotFound, InvitationInvalid
from residents.domain.login import GLOBAL, AccountRef, Credentials
from residents.domain.password import checked_password


class Activated(msgspec.Struct, frozen=True):
    """The account, and the secret for the person's device. It is given once."""

    account: Account
    totp_secret: str
    otpauth_uri: str


@dataclass(frozen=True)
class ActivateStaffAccount:
    """Three writes in a row.

    The account numbers the attempt, the login takes its credentials, the account becomes active
    and its code void.

    Whoever is stopped in between begins again with the same code. Of two people with the same
    code only one finishes: each write is refused to an attempt that is not the last.
    """

    accounts: Accounts
    logins: Logins
    passwords: Passwords
    totp: TotpCodes
    now: Now

    async def __call__(self, invitation_code: str, password: str) -> Activated:
        """Raises: InvitationInvalid; PasswordTooWeak. Emits: account.roles_changed v1."""
        code = InvitationCode.parse(invitation_code)
        account = await self._account(code)
        account.begin_activation(code.secret, self.now())
        username = account.username or ""
        password_hash = await self.passwords.hash(checked_password(password, username=username))
        attempt = await self._begin(code)
        totp = self.totp.new_secret()
        credentials = Credentials(password_hash, totp.sealed, attempt)
        ref = AccountRef(account.community_id, account.id)
        try:
            await self.logins.change(
                GLOBAL, account.login_id, lambda login: login.set_credentials(ref, credentials)
            )
        except UnknownLogin:
            raise InvitationInvalid from None
        at = self.now()
        account = await self.accounts.change(
            account.community_id, account.id, lambda account: account.finish_activation(attempt, at)
        )
        uri = self.totp.otpauth_uri(totp.secret, username=username)
        return Activated(account, totp.secret, uri)

    async def _account(self, code: InvitationCode) -> Account:
        try:
            return await self.accounts.get(code.community_id, code.account_id)
        except AccountNotFound:
            raise InvitationInvalid from None

    async def _begin(self, code: InvitationCode) -> int:
        at = self.now()
        begun = await self.accounts.change(
            code.community_id,
            code.account_id,
            lambda account: account.begin_activation(code.secret, at),
        )
        if begun.invitation is None:
            raise InvitationInvalid
        return begun.invitation.attempt
