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
        await self.begin_at(attempt.address_key)
        await self.begin_as(attempt.username_key)

    async def check_open(self, attempt: Attempt) -> None:
        """Count nothing, for who is counted once it has failed. Raises: AccountLocked."""
        at = self.now()
        for key in (attempt.address_key, attempt.username_key):
            try:
                (await self.counts.get(GLOBAL, key)).check_open(at)
            except NoAttempts:
                continue

    async def forgive(self, attempt: Attempt) -> None:
        """Forget what failed before under this name, if anything did."""
        try:
            await self.succeeded_as(attempt.username_key)
        except NoAttempts:
            return

    async def begin_at(self, address_key: str) -> None:
        """Count as failed for an address. Raises: AccountLocked."""
        await self._count(address_key, ADDRESS_LIMIT)

    async def begin_as(self, username_key: str) -> None:
        """Count as failed for a username. Raises: AccountLocked."""
        await self._count(username_key, USERNAME_LIMIT)

    async def succeeded(self, attempt: Attempt) -> None:
        """Forget what the right person mistyped; others at the address still count."""
        await self.succeeded_as(attempt.username_key)
        await self.take_back_at(attempt.address_key)

    async def succeeded_as(self, username_key: str) -> None:
        """Forget what the right person mistyped."""
        await self.counts.change(GLOBAL, username_key, LoginAttempts.clear)

    async def take_back_at(self, address_key: str) -> None:
        """The last attempt from an address was no failure; those of others still count."""
        await self.counts.change(GLOBAL, address_key, LoginAttempts.take_back)

    async def _count(self, key: str, limit: int) -> None:
        at = self.now()
        try:
            await self.counts.change(GLOBAL, key, lambda counted: counted.begin(at))
        except NoAttempts:
            await self.counts.add(LoginAttempts.none_yet(key, limit=limit, at=at))
            await self.counts.change(GLOBAL, key, lambda counted: counted.begin(at))
