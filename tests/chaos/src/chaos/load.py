"""Everybody acts at once, each by a seed of their own, until told to hold."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from chaos.desk import Desk
from chaos.doors import NeverAnswered, Unforeseen
from chaos.founding import Society
from chaos.neighbours import Neighbour
from chaos.office import Office

_HELD_WITHIN_SECONDS = 200.0
Act = Callable[[], Awaitable[None]]


class Load:
    """The actors of a society.

    A write under way is always brought to its answer: holding waits for it.
    """

    def __init__(self, society: Society, seed: int) -> None:
        neighbours = [
            Neighbour(society, resident, seed, number)
            for number, resident in enumerate(society.residents)
        ]
        desks = [Desk(society, clerk, seed, n) for n, clerk in enumerate(society.clerks)]
        self._acts: list[Act] = [
            *(neighbour.act for neighbour in neighbours),
            *(desk.act for desk in desks),
            Office(society, seed).act,
        ]
        self._odd = society.doors.odd
        self._going: list[asyncio.Task[None]] = []
        self._held = asyncio.Event()

    def go(self) -> None:
        """Begin, or go on."""
        self._held.clear()
        self._going = [asyncio.create_task(self._actor(act)) for act in self._acts]

    async def hold(self) -> None:
        """Let everybody finish what they are at, and stop. Raises: what an actor failed with."""
        self._held.set()
        try:
            async with asyncio.timeout(_HELD_WITHIN_SECONDS):
                await asyncio.gather(*self._going)
        finally:
            await self.stop()

    async def stop(self) -> None:
        """Stop everybody where they are."""
        for task in self._going:
            task.cancel()
        await asyncio.gather(*self._going, return_exceptions=True)

    def check(self) -> None:
        """Raises: what an actor failed with, if one did."""
        for task in self._going:
            if task.done() and not task.cancelled() and (error := task.exception()):
                raise error

    async def calm(self, seconds: float) -> None:
        """Let it run for so long. Raises: what an actor failed with."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.check()
            await asyncio.sleep(min(left, 0.25))

    async def _actor(self, act: Act) -> None:
        while not self._held.is_set():
            try:
                await act()
            except NeverAnswered:
                # Its write stays unknown in the model: the audit says so.
                continue
            except Unforeseen as error:
                self._odd(str(error))
