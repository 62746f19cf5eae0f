"""Work that goes on beside other work, some of it at a time."""

import asyncio
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self


class FewAtOnce:
    """Begins work when there is room for it; left, all of it is over.

    After a failure, which is raised where work is begun next or at the end, nothing more is begun
    and what is under way comes to its own end: a write that is cancelled may be done all the same,
    after whoever gave up has cleared away. Only who is cancelled cancels it.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._under_way: set[asyncio.Task[Any]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        try:
            while error is None and self._under_way:
                await self._some_end()
            if isinstance(error, Exception):
                await self._all_end()
        except Exception:
            await self._all_end()
            raise
        finally:
            for task in self._under_way:
                task.cancel()
            await self._all_end()

    async def begin(self, work: Coroutine[Any, Any, object]) -> None:
        """Begin it, as soon as less than the limit is under way. Raises: what earlier work did."""
        try:
            while len(self._under_way) >= self._limit:
                await self._some_end()
        except BaseException:
            work.close()
            raise
        self._under_way.add(asyncio.create_task(work))

    async def _all_end(self) -> None:
        """Wait for them; one failure is on its way already."""
        if self._under_way:
            await asyncio.wait(self._under_way)
            _failures(self._under_way)
            self._under_way = set()

    async def _some_end(self) -> None:
        ended, self._under_way = await asyncio.wait(
            self._under_way, return_when=asyncio.FIRST_COMPLETED
        )
        for failure in _failures(ended):
            raise failure


def _failures(ended: set[asyncio.Task[Any]]) -> list[BaseException]:
    """Every one is asked for, or the loop reports it as lost; who was cancelled has not done it."""
    asked = [asyncio.CancelledError() if task.cancelled() else task.exception() for task in ended]
    return [failure for failure in asked if failure is not None]
