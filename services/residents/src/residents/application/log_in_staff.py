"""Log in with a username, a password and a one-time code."""

from dataclasses import dataclass

import msgspec

from residents.application.attempt_limits import Attempt, AttemptLimits
from residents.application.credential_check import CredentialCheck
from residents.application.ports import Accounts, Logins, UnknownLogin
from residents.application.start_session import StartSession
from residents.application.token_pair import LoggedIn
from residents.domain.account import Account
from residents.domain.errors import AccountNotFound, LoginRefused
from residents.domain.login import GLOBAL, AccountRef, LoginIdentity
from residents.domain.session import Client


class LoginProof(msgspec.Struct, frozen=True):
    """What was typed in, and the login that its username would be."""

    login_id: str
    password: str
    totp_code: str


@dataclass(frozen=True)
class LogInStaff:
    """Every way to fail takes as long and looks the same from outside."""

    logins: Logins
    accounts: Accounts
    check: CredentialCheck
    limits: AttemptLimits
    start_session: StartSession

    async def __call__(
        self, proof: LoginProof, *, attempt: Attempt, client: Client, session_id: str
    ) -> LoggedIn:
        """Start a session.

        Raises: LoginRefused; AccountLocked.
        """
        await self.limits.begin(attempt)
        proven = await self._proven(proof)
        await self.limits.succeeded(attempt)

        async def still_may() -> Account | None:
            """Whether neither the account was shut nor its credentials reset meanwhile."""
            login = await self.logins.get(GLOBAL, proven.id)
            account = await self._account(proven.account)
            is_same = login.credentials == proven.credentials
            return account if account.is_active and is_same else None

        logged_in = await self.start_session(session_id, proven.account, client, still_may)
        if logged_in is None:
            raise LoginRefused
        return logged_in

    async def _proven(self, proof: LoginProof) -> LoginIdentity:
        login = await self._login(proof.login_id)
        checked = await self.check(login, proof.password, proof.totp_code)
        if login is None or not (await self._account(login.account)).is_active:
            raise LoginRefused
        await self.logins.change(GLOBAL, login.id, lambda known: known.use_totp_step(checked.step))
        return login

    async def _login(self, login_id: str) -> LoginIdentity | None:
        try:
            return await self.logins.get(GLOBAL, login_id)
        except UnknownLogin:
            return None

    async def _account(self, ref: AccountRef) -> Account:
        try:
            return await self.accounts.get(ref.community_id, ref.account_id)
        except AccountNotFound:
            raise LoginRefused from None
