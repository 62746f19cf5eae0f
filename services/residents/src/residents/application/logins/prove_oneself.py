"""Prove once more, while logged in, that one is who one is."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from residents.application.attempt_limits import AttemptLimits
from residents.application.credential_check import CheckedCredentials, CredentialCheck
from residents.application.ports import Accounts, Logins, UnknownLogin
from residents.domain.account import Account
from residents.domain.login import GLOBAL, Credentials, LoginIdentity
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


async def replace_credentials(logins: Logins, proven: Proven, following: Credentials) -> None:
    """Write what was chosen over what was proven; the code is spent. Raises: LoginRefused."""
    seen, step = proven.checked.credentials, proven.checked.step
    await logins.change(
        GLOBAL,
        proven.account.login_id,
        lambda login: login.replace_credentials(seen, following, step=step),
    )
