"""What wakes the relay: the store's change streams, with polling as the floor."""

import asyncio
import math
import time
from collections.abc import Callable, Sequence

import structlog

from chassis.mongo import Collection, Document

_log = structlog.get_logger(__name__)

_POLL_UNWATCHED_SECONDS = 0.2
_POLL_WATCHED_SECONDS = 1.0
_TRY_AGAIN_SECONDS = 5.0
_SHORT_SECONDS = 1.0
# Where looking is dear (the embedded store's wheel), look at most a quarter of the time.
_COST_FACTOR = 4.0
# The relay's own pull leaves the version alone; it must not wake itself.
_MAY_HOLD_EVENTS: list[Document] = [
    {
        "$match": {
            "$or": [
                {"operationType": {"$in": ["insert", "replace"]}},
                {"updateDescription.updatedFields.version": {"$exists": True}},
            ]
        }
    },
    {"$project": {"operationType": 1}},
]


class OutboxWake:
    """Tells when it is worth looking at the outboxes again, and at which."""

    def __init__(
        self,
        collections: Sequence[Collection],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._collections = collections
        self._monotonic = monotonic
        self._watched = 0
        self._changed: set[str] = set()
        self._all_looked_at = -math.inf
        self._event = asyncio.Event()

    def take(self) -> list[Collection]:
        """What to look at now: what was written to since it was asked last, now and then all.

        What is written to from now on is told the next time, so that nothing is missed.
        """
        self._event.clear()
        changed, self._changed = self._changed, set()
        now = self._monotonic()
        if now - self._all_looked_at >= self._floor_seconds:
            self._all_looked_at = now
            return list(self._collections)
        return [each for each in self._collections if each.name in changed]

    def look_again(self, collection: Collection) -> None:
        """Say that there is, or may be, more to do in this one."""
        self._changed.add(collection.name)
        self._event.set()

    async def wait(self, *, cost_seconds: float) -> None:
        """Wait until something was written, or until the floor.

        Args:
            cost_seconds: how long the last look took.
        """
        try:
            async with asyncio.timeout(max(self._floor_seconds, cost_seconds * _COST_FACTOR)):
                await self._event.wait()
        except TimeoutError:
            return

    @property
    def _floor_seconds(self) -> float:
        everything = self._watched == len(self._collections)
        return _POLL_WATCHED_SECONDS if everything else _POLL_UNWATCHED_SECONDS

    async def watch(self) -> None:
        """Follow every collection's changes until cancelled."""
        async with asyncio.TaskGroup() as following:
            for collection in self._collections:
                following.create_task(self._follow(collection))

    async def _follow(self, collection: Collection) -> None:
        while True:
            began = time.monotonic()
            try:
                await self._follow_once(collection)
            except Exception as error:
                # Away, or a deployment without change streams: polling does the same, slower.
                _log.debug("stream ended", collection=collection.name, error=type(error).__name__)
            self.look_again(collection)
            # PyMongo Async ends a stream in which nothing happens for as long as `timeoutMS`.
            if time.monotonic() - began < _SHORT_SECONDS:
                await asyncio.sleep(_TRY_AGAIN_SECONDS)

    async def _follow_once(self, collection: Collection) -> None:
        self._watched += 1
        try:
            async for _ in collection.watch(_MAY_HOLD_EVENTS):
                self.look_again(collection)
        finally:
            self._watched -= 1
