"""Offsets are committed beside the handling: what is next does not wait for the broker's word."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import Protocol

import structlog
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError

_log = structlog.get_logger(__name__)


class Consumer(Protocol):
    """What is used of aiokafka's."""

    def assignment(self) -> AbstractSet[TopicPartition]:
        """What it reads now."""

    async def commit(self, offsets: Mapping[TopicPartition, int]) -> None:
        """Raises: KafkaError, also where a single partition is not its own."""


async def commit_assigned(consumer: Consumer | None, offsets: Mapping[TopicPartition, int]) -> None:
    """Commit what is of the consumer's partitions: one that has gone would stop all the others.

    Args:
        consumer: None once it has stopped, and nothing is its own.
    Raises: KafkaError.
    """
    assigned = consumer.assignment() if consumer else frozenset()
    kept = {partition: offset for partition, offset in offsets.items() if partition in assigned}
    if consumer and kept:
        await consumer.commit(kept)


Commit = Callable[[Mapping[TopicPartition, int]], Awaitable[None]]


class OffsetCommits:
    """One commit at a time; what was handled meanwhile goes with the next, by its last offset.

    What is not committed is delivered again, and every effect is idempotent: so nothing is
    promised here but that an offset is never committed before what stands below it was handled,
    and that `all_sent` returns when all that was noted has been tried.
    """

    def __init__(self, commit: Commit, *, timeout_seconds: float) -> None:
        self._commit = commit
        self._timeout_seconds = timeout_seconds
        self._noted: dict[TopicPartition, int] = {}
        self._committing: asyncio.Task[None] | None = None

    def note(self, offsets: Mapping[TopicPartition, int]) -> None:
        """Have these committed: for each partition the offset of what is next."""
        self._noted |= offsets
        if self._noted and self._committing is None:
            self._committing = asyncio.create_task(self._commit_on())

    async def all_sent(self) -> None:
        """Wait until nothing that was noted is left to be tried."""
        while self._committing is not None:
            await asyncio.wait([self._committing])

    async def _commit_on(self) -> None:
        try:
            while self._noted:
                offsets, self._noted = self._noted, {}
                await self._try(offsets)
        finally:
            self._committing = None

    async def _try(self, offsets: Mapping[TopicPartition, int]) -> None:
        try:
            async with asyncio.timeout(self._timeout_seconds):
                await self._commit(offsets)
        except (KafkaError, TimeoutError) as error:
            _log.info("offsets not committed", error=type(error).__name__)
