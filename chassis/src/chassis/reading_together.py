"""Reads that many ask for at the same time, put together without telling anybody what is old."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class ReadingTogether(Generic[K, V]):
    """One read at a time, of all that was asked for while the last one was under way.

    Each is told what a read found that began after they asked, so nobody is told what was so
    before. Alone, one asks as if this were not there; in a rush of a hundred, a few reads answer
    all. Keep one for as long as the process lives; give it what is read alike for whoever asks.
    """

    def __init__(self, read: Callable[[Sequence[K]], Awaitable[Sequence[V]]]) -> None:
        """Read by this.

        Args:
            read: many at once, in the order of the keys, none of which is there twice.
        """
        self._read = read
        self._asked: dict[K, asyncio.Future[V]] = {}
        self._reading: asyncio.Task[None] | None = None

    async def __call__(self, key: K) -> V:
        """Read one. Raises: what the read raises."""
        answer = self._asked.get(key)
        if answer is None:
            answer = self._asked[key] = asyncio.get_running_loop().create_future()
        if self._reading is None:
            self._reading = asyncio.create_task(self._read_on())
        return await asyncio.shield(answer)

    async def _read_on(self) -> None:
        try:
            while self._asked:
                asked, self._asked = self._asked, {}
                await self._answer(asked)
        finally:
            self._reading = None

    async def _answer(self, asked: dict[K, asyncio.Future[V]]) -> None:
        try:
            found = await self._read(list(asked))
            for answer, value in zip(asked.values(), found, strict=True):
                answer.set_result(value)
        except BaseException as error:
            for answer in asked.values():
                if not answer.done():
                    _fail(answer, error)
            if not isinstance(error, Exception):
                raise


def _fail(answer: asyncio.Future[V], error: BaseException) -> None:
    if isinstance(error, asyncio.CancelledError):
        answer.cancel()
        return
    answer.set_exception(error)
    answer.exception()  # whoever asked may have gone, and then nobody would fetch it
