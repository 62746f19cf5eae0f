"""Change one's own password or TOTP secret while logged in."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from residents.application.activate_staff_account import Activated
from residents.application.attempt_limits import AttemptLimits
from residents.application.authorisation import demand
from residents.application.credential_check import CheckedCredentials, CredentialCheck
from residents.application.logins.other_sessions import EndOtherSessions
from residents.application.ports import Accounts, Logins, Passwords, TotpCodes, UnknownLogin
from residents.domain.account import Account
from residents.domain.login import GLOBAL, Credentials, LoginIdentity
from residents.domain.logins.permissions import CHANGE_PASSWORD, REPLACE_TOTP
from residents.domain.password import checked_password
from residents.domain.roles import Actor

AttemptsKey = Callable[[str], str]
"""The id under which failures for a username are counted."""


class OwnProof(msgspec.Struct, frozen=True):
    """What the person still knows: a token alone, left on a desk, does not do."""

    password: str
    totp_code: str


class Proven(msgspec.Struct, frozen=True):
    """Whose login it is, and what the person proved to know."""

    account: Account
    checked: CheckedCredentials

    @property
    def username(self) -> str:
        """What the person logs in with."""
        return self.account.username or ""


@dataclass(frozen=True)
class ProveOneself:
    """Failures count like those of a login: who has a token does not get more guesses."""

    accounts: Accounts
    logins: Logins
    check: CredentialCheck
    limits: AttemptLimits
    attempts_key: AttemptsKey

    async def __call__(self, actor: Actor, proof: OwnProof) -> Proven:
        """Raises: LoginRefused; AccountLocked."""
        account = await self.accounts.get(actor.community_id, actor.account_id)
        username_key = self.attempts_key(account.username or "")
        await self.limits.begin_as(username_key)
        login = await self._login(account)
        checked = await self.check(login, proof.password, proof.totp_code)
        await self.limits.succeeded_as(username_key)
        return Proven(account, checked)

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
        chosen = checked_password(password, username=proven.username)
        following = msgspec.structs.replace(
            proven.checked.credentials, password_hash=await self.passwords.hash(chosen)
        )
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
        following = msgspec.structs.replace(
            proven.checked.credentials, sealed_totp_secret=totp.sealed
        )
        await _replace(self.logins, proven, following)
        await self.end_others(actor)
        uri = self.totp.otpauth_uri(totp.secret, username=proven.username)
        return Activated(proven.account, totp.secret, uri)


async def _replace(logins: Logins, proven: Proven, following: Credentials) -> None:
    seen, step = proven.checked.credentials, proven.checked.step
    await logins.change(
        GLOBAL,
        proven.account.login_id,
        lambda login: login.replace_credentials(seen, following, step=step),
    )
