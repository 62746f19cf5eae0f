"""Background work that is never silently gone."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Literal

import structlog
from prometheus_client import Counter

Run = Callable[[asyncio.Event], Awaitable[None]]
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

    def start(self) -> asyncio.Task[None]:
        """Begin; the task ends after `stop`, or with Died."""
        self._task = asyncio.create_task(self._supervise(), name=self._name)
        return self._task

    async def stop(self, timeout_seconds: float) -> None:
        """Ask it to stop, and cancel it if it does not."""
        self._stopping.set()
        if self._task is None:
            return
        done, _ = await asyncio.wait([self._task], timeout=timeout_seconds)
        if not done:
            _log.warning("background work does not stop, cancelled", part=self._name)
            self._task.cancel()
            await asyncio.wait([self._task], timeout=timeout_seconds)

    async def _supervise(self) -> None:
        pause_seconds = self._first_pause_seconds
        loop = asyncio.get_running_loop()
        while not self._stopping.is_set():
            started = loop.time()
            await self._run_once()
            if self._stopping.is_set():
                return
            DEATHS.labels(self._name).inc()
            if self._when_it_dies == "end":
                raise Died(self._name)
            if loop.time() - started > _STEADY_SECONDS:
                pause_seconds = self._first_pause_seconds
            await self._pause(pause_seconds)
            pause_seconds = min(pause_seconds * 2, _LONGEST_PAUSE_SECONDS)

    async def _run_once(self) -> None:
        try:
            await self._run(self._stopping)
        except Exception:
            _log.exception("background work died", part=self._name)
        else:
            if not self._stopping.is_set():
                _log.error("background work returned", part=self._name)

    async def _pause(self, seconds: float) -> None:
        await asyncio.wait([asyncio.ensure_future(self._stopping.wait())], timeout=seconds)
