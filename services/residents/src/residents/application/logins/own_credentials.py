"""Change one's own password or TOTP secret while logged in."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from residents.application.activate_staff_account import Activated
from residents.application.attempt_limits import AttemptLimits
from residents.application.authorisation import demand
from residents.application.logins.other_sessions import EndOtherSessions
from residents.application.ports import Accounts, Logins, Now, Passwords, TotpCodes, UnknownLogin
from residents.domain.account import Account
from residents.domain.errors import LoginRefused
from residents.domain.login import GLOBAL, Credentials, LoginIdentity
from residents.domain.logins.permissions import CHANGE_PASSWORD, REPLACE_TOTP
from residents.domain.password import checked_password, folded_password
from residents.domain.roles import Actor

AttemptsKey = Callable[[str], str]
"""The id under which failures for a username are counted."""


class OwnProof(msgspec.Struct, frozen=True):
    """What the person still knows: a token alone, left on a desk, does not do."""

    password: str
    totp_code: str


class Proven(msgspec.Struct, frozen=True):
    """The login as it was when the person proved it, and the step of the code."""

    account: Account
    login: LoginIdentity
    credentials: Credentials
    step: int


@dataclass(frozen=True)
class ProveOneself:
    """Failures count like those of a login: who has a token does not get more guesses."""

    accounts: Accounts
    logins: Logins
    passwords: Passwords
    totp: TotpCodes
    limits: AttemptLimits
    attempts_key: AttemptsKey
    now: Now

    async def __call__(self, actor: Actor, proof: OwnProof) -> Proven:
        """Raises: LoginRefused; AccountLocked."""
        account = await self.accounts.get(actor.community_id, actor.account_id)
        username_key = self.attempts_key(account.username or "")
        await self.limits.begin_as(username_key)
        login = await self._login(account)
        credentials = login.credentials if login else None
        known = credentials.password_hash if credentials else None
        is_right = await self.passwords.verify(folded_password(proof.password), known)
        if login is None or credentials is None or not is_right:
            raise LoginRefused
        step = self.totp.step_of(credentials.sealed_totp_secret, proof.totp_code, self.now())
        if step is None or step <= login.last_totp_step:
            raise LoginRefused
        await self.limits.succeeded_as(username_key)
        return Proven(account, login, credentials, step)

    async def _login(self, account: Account) -> LoginIdentity | None:
        try:
            return await self.logins.get(GLOBAL, account.login_id)
        except UnknownLogin:
            return None


@dataclass(frozen=True)
class ChangePassword:
    """One write to the login, then every other session of the account ends."""

    prove: ProveOneself
    logins: Logins
    passwords: Passwords
    end_others: EndOtherSessions

    async def __call__(self, actor: Actor, proof: OwnProof, password: str) -> Account:
        """Raises: Forbidden; LoginRefused; AccountLocked; PasswordTooWeak.

        Emits: session.revoked v1 for every other session.
        """
        demand(actor, CHANGE_PASSWORD)
        proven = await self.prove(actor, proof)
        username = proven.account.username or ""
        password_hash = await self.passwords.hash(checked_password(password, username=username))
        following = msgspec.structs.replace(proven.credentials, password_hash=password_hash)
        await _replace(self.logins, proven, following)
        await self.end_others(actor)
        return proven.account


@dataclass(frozen=True)
class ReplaceTotp:
    """One write to the login, then every other session of the account ends."""

    prove: ProveOneself
    logins: Logins
    totp: TotpCodes
    end_others: EndOtherSessions

    async def __call__(self, actor: Actor, proof: OwnProof) -> Activated:
        """Give the secret for a new device; the old one's codes are good for nothing from now on.

        Raises: Forbidden; LoginRefused; AccountLocked.
        Emits: session.revoked v1 for every other session.
        """
        demand(actor, REPLACE_TOTP)
        proven = await self.prove(actor, proof)
        totp = self.totp.new_secret()
        following = msgspec.structs.replace(proven.credentials, sealed_totp_secret=totp.sealed)
        await _replace(self.logins, proven, following)
        await self.end_others(actor)
        uri = self.totp.otpauth_uri(totp.secret, username=proven.account.username or "")
        return Activated(proven.account, totp.secret, uri)


async def _replace(logins: Logins, proven: Proven, following: Credentials) -> None:
    await logins.change(
        GLOBAL,
        proven.login.id,
        lambda login: login.replace_credentials(proven.credentials, following, step=proven.step),
    )
