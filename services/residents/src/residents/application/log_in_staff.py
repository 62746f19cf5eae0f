"""Log in with a username, a password and a one-time code."""

from dataclasses import dataclass

import msgspec

from residents.application.attempt_limits import Attempt, AttemptLimits
from residents.application.ports import (
    Accounts,
    Logins,
    NewSecret,
    Now,
    Passwords,
    Sessions,
    TotpCodes,
    UnknownLogin,
)
from residents.application.token_pair import LoggedIn, RefreshToken, TokenPairs
from residents.domain.account import Account
from residents.domain.errors import AccountNotFound, LoginRefused
from residents.domain.login import GLOBAL, AccountRef, LoginIdentity
from residents.domain.password import folded_password
from residents.domain.session import Client, Session


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
    sessions: Sessions
    passwords: Passwords
    totp: TotpCodes
    limits: AttemptLimits
    token_pairs: TokenPairs
    new_secret: NewSecret
    now: Now

    async def __call__(
        self, proof: LoginProof, *, attempt: Attempt, client: Client, session_id: str
    ) -> LoggedIn:
        """Start a session.

        Raises: LoginRefused; AccountLocked.
        """
        await self.limits.begin(attempt)
        account = await self._proven(proof)
        await self.limits.succeeded(attempt)
        return await self._start(session_id, account, client)

    async def _proven(self, proof: LoginProof) -> Account:
        login = await self._login(proof.login_id)
        credentials = login.credentials if login else None
        known = credentials.password_hash if credentials else None
        is_right = await self.passwords.verify(folded_password(proof.password), known)
        if login is None or credentials is None or not is_right:
            raise LoginRefused
        step = self.totp.step_of(credentials.sealed_totp_secret, proof.totp_code, self.now())
        account = await self._account(login.account)
        if step is None or not account.is_active:
            raise LoginRefused
        await self.logins.change(GLOBAL, login.id, lambda login: login.use_totp_step(step))
        return account

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

    async def _start(self, session_id: str, account: Account, client: Client) -> LoggedIn:
        at = self.now()
        token = RefreshToken(session_id, self.new_secret(), self.new_secret())
        ref = AccountRef(account.community_id, account.id)
        session = await self.sessions.add(
            Session.start(
                session_id,
                account=ref,
                client=client,
                session_secret=token.session_secret,
                refresh_secret=token.own_secret,
                at=at,
            )
        )
        # Who was disabled meanwhile had no such session to be ended yet.
        account = await self._account(ref)
        if not account.is_active:
            await self.sessions.change(GLOBAL, session.id, lambda started: started.revoke(at))
            raise LoginRefused
        return await self.token_pairs.of(session, account, token, at)
