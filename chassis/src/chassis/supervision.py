"""Background work that is never silently gone."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Literal

import structlog
from prometheus_client import Counter

# Works until it is cancelled.
Run = Callable[[], Awaitable[None]]
WhenItDies = Literal["restart", "end"]

DEATHS = Counter("linli_background_deaths_total", "Background work that ended by itself.", ["part"])
_FIRST_PAUSE_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 30.0
_STEADY_SECONDS = 60.0

_log = structlog.stdlib.get_logger("chassis.supervision")


class Died(Exception):
    """Work without which the process must not go on has ended."""


class Background:
    """Runs one coroutine function until told to stop, again and again if it ends by itself."""

    def __init__(
        self,
        name: str,
        run: Run,
        *,
        when_it_dies: WhenItDies = "restart",
        first_pause_seconds: float = _FIRST_PAUSE_SECONDS,
    ) -> None:
        self._name = name
        self._run = run
        self._when_it_dies = when_it_dies
        self._first_pause_seconds = first_pause_seconds
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._life: asyncio.Future[None] | None = None

    def start(self) -> asyncio.Task[None]:
        """Begin; the task ends after `stop`, or with Died."""
        self._task = asyncio.create_task(self._supervise(), name=self._name)
        return self._task

    async def stop(self, timeout_seconds: float) -> None:
        """Cancel it; once more if it lost that cancellation, or cleans up for too long."""
        self._stopping.set()
        if self._task is None:
            return
        if self._life is not None:
            self._life.cancel()
        done, _ = await asyncio.wait([self._task], timeout=timeout_seconds)
        if not done:
            _log.warning("background work does not stop, cancelled again", part=self._name)
            self._task.cancel()
            await asyncio.wait([self._task], timeout=timeout_seconds)

    async def _supervise(self) -> None:
        pause_seconds = self._first_pause_seconds
        loop = asyncio.get_running_loop()
        while not self._stopping.is_set():
            started = loop.time()
            await self._live_once()
            if self._stopping.is_set():
                return
            DEATHS.labels(self._name).inc()
            if self._when_it_dies == "end":
                raise Died(self._name)
            if loop.time() - started > _STEADY_SECONDS:
                pause_seconds = self._first_pause_seconds
            await self._pause(pause_seconds)
            pause_seconds = min(pause_seconds * 2, _LONGEST_PAUSE_SECONDS)

    async def _live_once(self) -> None:
        """Run it as a task of its own: a cancellation from within must not look like ours."""
        self._life = asyncio.ensure_future(self._run())
        try:
            await asyncio.wait([self._life])
        except asyncio.CancelledError:
            self._life.cancel()
            await asyncio.wait([self._life])
            raise
        if self._life.cancelled():
            how = "was cancelled"
        elif (error := self._life.exception()) is not None:
            _log.error("background work died", part=self._name, exc_info=error)
            return
        else:
            how = "returned"
        if not self._stopping.is_set():
            _log.error("background work died", part=self._name, how=how)

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
