"""How often a login may be tried."""

from dataclasses import dataclass

import msgspec

from residents.application.ports import AttemptCounts, NoAttempts, Now
from residents.domain.attempts import ADDRESS_LIMIT, USERNAME_LIMIT, LoginAttempts
from residents.domain.login import GLOBAL


class Attempt(msgspec.Struct, frozen=True):
    """Under which ids the attempts of a username and of an address are counted."""

    username_key: str
    address_key: str


@dataclass(frozen=True)
class AttemptLimits:
    """Counts attempts of a username, whether anybody has it or not, and of an address."""

    counts: AttemptCounts
    now: Now

    async def begin(self, attempt: Attempt) -> None:
        """Count as failed, before the password is looked at. Raises: AccountLocked."""
        await self._count(attempt.address_key, ADDRESS_LIMIT)
        await self._count(attempt.username_key, USERNAME_LIMIT)

    async def succeeded(self, attempt: Attempt) -> None:
        """Forget what the right person mistyped; others at the address still count."""
        await self.counts.change(GLOBAL, attempt.username_key, LoginAttempts.clear)
        await self.counts.change(GLOBAL, attempt.address_key, LoginAttempts.take_back)

    async def _count(self, key: str, limit: int) -> None:
        at = self.now()
        try:
            await self.counts.change(GLOBAL, key, lambda counted: counted.begin(at))
        except NoAttempts:
            await self.counts.add(LoginAttempts.none_yet(key, limit=limit, at=at))
            await self.counts.change(GLOBAL, key, lambda counted: counted.begin(at))
