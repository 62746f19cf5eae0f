"""Set new credentials by a reset code: the person chooses a password and gets a TOTP secret."""

from dataclasses import dataclass

from residents.application.activate_staff_account import Activated
from residents.application.end_sessions_of_account import EndSessionsOfAccount
from residents.application.logins.reset_code import ResetCodeText
from residents.application.logins.reset_trail import act_of_reset
from residents.application.ports import Accounts, Logins, Now, Passwords, TotpCodes, UnknownLogin
from residents.application.privacy.ports import AuditAction, AuditTrail
from residents.domain.account import Account
from residents.domain.errors import AccountNotFound, InvitationInvalid
from residents.domain.login import GLOBAL, AccountRef, Credentials
from residents.domain.logins.credential_reset import CredentialReset, ResetCode
from residents.domain.logins.errors import ResetCodeInvalid
from residents.domain.logins.resetting import begin_completion, finish_completion
from residents.domain.password import checked_password


@dataclass(frozen=True)
class CompleteCredentialReset:
    """A row of writes, each done once.

    The account numbers the attempt, the audit trail has it, the login takes the new credentials,
    every session ends, the code is void. Whoever is stopped in between begins again with the
    same code; of two people with the same code only one finishes.
    """

    accounts: Accounts
    logins: Logins
    passwords: Passwords
    totp: TotpCodes
    audit: AuditTrail
    end_sessions: EndSessionsOfAccount
    now: Now

    async def __call__(self, reset_code: str, password: str) -> Activated:
        """Set them.

        Raises: ResetCodeInvalid; PasswordTooWeak.
        Emits: session.revoked v1 for every session that stood.
        """
        text = ResetCodeText.parse(reset_code)
        account = await self._account(text)
        begin_completion(account, text.secret, above=0, at=self.now())
        username = account.username or ""
        password_hash = await self.passwords.hash(checked_password(password, username=username))
        account, reset, code = await self._begun(account, text.secret)
        await self.audit.append(
            act_of_reset(
                account,
                reset.id,
                AuditAction.CREDENTIALS_RESET,
                by=code.approved_by,
                at=code.approved_at,
            )
        )
        totp = self.totp.new_secret()
        await self._set(account, Credentials(password_hash, totp.sealed, code.attempt))
        await self.end_sessions(account.id, at=self.now())
        account = await self.accounts.change(
            account.community_id,
            account.id,
            lambda account: finish_completion(account, code.attempt),
        )
        uri = self.totp.otpauth_uri(totp.secret, username=username)
        return Activated(account, totp.secret, uri)

    async def _account(self, text: ResetCodeText) -> Account:
        try:
            return await self.accounts.get(text.community_id, text.account_id)
        except AccountNotFound:
            raise ResetCodeInvalid from None

    async def _begun(
        self, account: Account, secret: str
    ) -> tuple[Account, CredentialReset, ResetCode]:
        at = self.now()
        try:
            login = await self.logins.get(GLOBAL, account.login_id)
        except UnknownLogin:
            raise ResetCodeInvalid from None
        above = login.credentials.attempt if login.credentials else 0
        begun = await self.accounts.change(
            account.community_id,
            account.id,
            lambda account: begin_completion(account, secret, above=above, at=at),
        )
        reset = begun.credential_reset
        if reset is None or reset.code is None:
            raise ResetCodeInvalid
        return begun, reset, reset.code

    async def _set(self, account: Account, credentials: Credentials) -> None:
        ref = AccountRef(account.community_id, account.id)
        try:
            await self.logins.change(
                GLOBAL, account.login_id, lambda login: login.set_credentials(ref, credentials)
            )
        except InvitationInvalid:
            raise ResetCodeInvalid from None
