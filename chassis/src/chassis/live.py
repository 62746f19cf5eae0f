"""Following an object: its state now, and the latest after each change."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Hashable
from typing import Generic, TypeVar

import msgspec

from chassis.errors import Unavailable

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_PAUSE_SECONDS = 0.5


class LiveReads(Generic[K, V]):
    """Shares one read of a changed object among all who follow it in this process.

    A slow follower gets the latest state, not a queue. While the store is away the read is tried
    again; nobody's following ends.
    """

    def __init__(self, read: Callable[[K], Awaitable[V]]) -> None:
        self._read = read
        self._followed: dict[K, _Followed[V]] = {}

    def changed(self, key: K) -> None:
        """Have the object read again, if anybody follows it."""
        if followed := self._followed.get(key):
            followed.stale.set()

    def all_changed(self) -> None:
        """Have everything read again: what changed in the meantime is not known."""
        for followed in self._followed.values():
            followed.stale.set()

    async def watch(self, key: K) -> AsyncGenerator[V, None]:
        """Yield the state now, then the latest whenever it is another, until closed.

        Raises: what the read raises, except Unavailable.
        """
        followed = self._followed.get(key)
        if followed is None:
            followed = self._followed[key] = _Followed(lambda: self._read(key))
        followed.followers += 1
        try:
            # only a read that begins after this moment gives the state "now"
            wanted = followed.reads_begun + 1
            followed.stale.set()
            seen = await followed.read_since(wanted)
            yield seen.state
            while True:
                latest = await followed.read_since(seen.number + 1)
                if latest.state != seen.state:
                    yield latest.state
                seen = latest
        finally:
            followed.followers -= 1
            if not followed.followers:
                followed.reading.cancel()
                del self._followed[key]


class _Outcome(msgspec.Struct, Generic[V], frozen=True):
    number: int
    value: V | None
    error: Exception | None

    @property
    def state(self) -> V:
        if self.error is not None:
            raise self.error
        return self.value  # type: ignore[return-value]  # V may itself allow None


class _Followed(Generic[V]):
    """One object, read by one task while anybody follows it; so no older state comes later."""

    def __init__(self, read: Callable[[], Awaitable[V]]) -> None:
        self._read = read
        self._latest: _Outcome[V] | None = None
        self._news = asyncio.Condition()
        self.followers = 0
        self.reads_begun = 0
        self.stale = asyncio.Event()
        self.reading = asyncio.create_task(self._keep_reading())

    async def read_since(self, number: int) -> _Outcome[V]:
        """Wait for the n-th read or a later one."""
        async with self._news:
            while self._latest is None or self._latest.number < number:
                await self._news.wait()
            return self._latest

    async def _keep_reading(self) -> None:
        while True:
            await self.stale.wait()
            self.stale.clear()
            self.reads_begun += 1
            outcome = await self._read_until_answered(self.reads_begun)
            async with self._news:
                self._latest = outcome
                self._news.notify_all()

    async def _read_until_answered(self, number: int) -> _Outcome[V]:
        while True:
            try:
                return _Outcome(number, await self._read(), None)
            except Unavailable:
                await asyncio.sleep(_PAUSE_SECONDS)
            except Exception as error:
                return _Outcome(number, None, error)
