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
