"""Passwords by argon2id, off the event loop."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

_MEMORY_KIB = 19 * 1024
_PASSES = 2
_LANES = 1
_AT_ONCE = 2


class Argon2Passwords:
    """Hashes with OWASP's minimum for argon2id: 19 MiB, two passes, one lane.

    Two at once: they are work for the processor and memory, and a flood of logins waits.
    """

    def __init__(self) -> None:
        self._hasher = PasswordHasher(
            time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=_LANES
        )
        self._nobodys_hash = self._hasher.hash("nobody has this password")
        self._turn = asyncio.Semaphore(_AT_ONCE)

    async def hash(self, password: str) -> str:
        """See `Passwords.hash`."""
        async with self._turn:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def verify(self, password: str, password_hash: str | None) -> bool:
        """See `Passwords.verify`."""
        async with self._turn:
            matched = await asyncio.to_thread(
                self._matches, password_hash or self._nobodys_hash, password
            )
        return matched and password_hash is not None

    def _matches(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except VerifyMismatchError:
            return False
