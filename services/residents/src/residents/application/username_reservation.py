"""Keeping a username for an account that is about to be."""

from dataclasses import dataclass
from datetime import datetime

from residents.application.ports import Logins, Now
from residents.domain.login import GLOBAL, AccountRef, LoginIdentity


@dataclass(frozen=True)
class UsernameReservations:
    """Usernames are unique in the whole installation."""

    logins: Logins
    now: Now

    async def reserve(
        self, login_id: str, username: str, account: AccountRef, until: datetime
    ) -> LoginIdentity:
        """Keep a username for an account; a repeat changes nothing. Raises: UsernameTaken."""
        at = self.now()
        login = LoginIdentity(id=login_id, username=username, account=account, reserved_until=until)
        there = await self.logins.add(login)
        if there.account == account:
            return there
        return await self.logins.change(
            GLOBAL, login_id, lambda login: login.reserve(account, until, at)
        )

    async def prolong(
        self, login_id: str, username: str, account: AccountRef, until: datetime
    ) -> None:
        """Keep it for as long as a new invitation is good. Raises: UsernameTaken."""
        at = self.now()
        await self.reserve(login_id, username, account, until)
        await self.logins.change(GLOBAL, login_id, lambda login: login.prolong(account, until, at))

    async def release(self, login_id: str, account: AccountRef) -> None:
        """Let somebody else have a username that its person never used."""
        at = self.now()
        await self.logins.change(GLOBAL, login_id, lambda login: login.release(account, at))
