"""Writes at a steady rate, and the time from each one's acknowledgement to its effect."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from chassis.mongo import Collection
from chassis.testing_waits import until

from benchmarks.ground import percentile

_BETWEEN_LOOKS_SECONDS = 0.002

Write = Callable[[int], Awaitable[str]]
"""Writes the n-th, and gives the id of the document that is its effect."""


@dataclass(frozen=True)
class Delays:
    """What was seen of a stretch of writes.

    Attributes:
        seconds: from each acknowledged write to the first look that saw its effect.
        looks_seconds: how far the looks were apart: each delay may be too long by as much.
        late_seconds: by how much each write began later than it should have.
        lost: how many effects were not there in time.
    """

    seconds: Sequence[float]
    looks_seconds: Sequence[float]
    late_seconds: Sequence[float]
    lost: int

    def milliseconds(self, percent: float) -> float:
        """A percentile of the delays."""
        return percentile(self.seconds, percent) * 1_000

    @property
    def precision_ms(self) -> float:
        """By how much a delay may be too long, at the 99th percentile."""
        return percentile(self.looks_seconds, 99) * 1_000


@dataclass
class Watch:
    """Looks for effects in one collection, by their ids, again and again."""

    effects: Collection
    seconds: list[float] = field(default_factory=list)
    looks_seconds: list[float] = field(default_factory=list)
    _acknowledged: dict[str, float] = field(default_factory=dict)

    @property
    def awaited(self) -> int:
        """Of how many writes the effect has not been seen."""
        return len(self._acknowledged)

    def acknowledged(self, effect_id: str) -> None:
        """A write was acknowledged just now."""
        self._acknowledged[effect_id] = time.perf_counter()

    async def look_on(self) -> None:
        """Look until cancelled."""
        looked = time.perf_counter()
        while True:
            asked = list(self._acknowledged)
            if asked:
                found = await self.effects.find({"_id": {"$in": asked}}, fields={"_id": 1})
                now = time.perf_counter()
                self.looks_seconds.append(now - looked)
                for document in found:
                    self.seconds.append(now - self._acknowledged.pop(document["_id"]))
            looked = time.perf_counter()
            await asyncio.sleep(_BETWEEN_LOOKS_SECONDS)


async def watched(
    write: Write,
    effects: Collection,
    *,
    first: int,
    count: int,
    per_second: float,
    within_seconds: float,
) -> Delays:
    """Begin a write every so often, whether or not those before are done, and watch for each.

    Args:
        first: the number of the first write.
        within_seconds: how long after the last write effects are waited for.
    """
    watch = Watch(effects)
    late: list[float] = []

    async def one(number: int, due: float) -> None:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        late.append(max(0.0, time.perf_counter() - due))
        watch.acknowledged(await write(number))

    looking = asyncio.create_task(watch.look_on())
    try:
        began = time.perf_counter()
        async with asyncio.TaskGroup() as writing:
            for number in range(count):
                writing.create_task(one(first + number, began + number / per_second))
        with suppress(TimeoutError):  # what is lost is counted
            await until(lambda: looking.done() or not watch.awaited, within_seconds=within_seconds)
    finally:
        looking.cancel()
        await asyncio.wait([looking])
    if not looking.cancelled():
        looking.result()
    return Delays(watch.seconds, watch.looks_seconds, late, watch.awaited)
