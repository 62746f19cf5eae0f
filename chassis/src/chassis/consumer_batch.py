"""A batch of messages of several partitions, each partition in its own order."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import msgspec
import structlog

from chassis.dead_letters import Arrived
from chassis.errors import Unavailable

_log = structlog.get_logger(__name__)


class Handled(msgspec.Struct, frozen=True):
    """How far one partition of a batch was handled.

    Attributes:
        next_offset: of the first message that is not handled.
        count: how many were.
        whole: whether all were.
    """

    topic: str
    partition: int
    next_offset: int
    count: int
    whole: bool


async def handle_batch(
    batch: Sequence[Arrived],
    handle: Callable[[Arrived], Awaitable[None]],
    stopping: Callable[[], bool],
) -> list[Handled]:
    """Handle partitions beside each other and each one's messages in order.

    A partition stops before the message that must wait (its handler raised Unavailable), and
    between messages when told to stop; the others go on.
    """
    partitions: dict[tuple[str, int], list[Arrived]] = {}
    for arrived in batch:
        partitions.setdefault((arrived.topic, arrived.partition), []).append(arrived)
    return list(
        await asyncio.gather(
            *(_handle_partition(messages, handle, stopping) for messages in partitions.values())
        )
    )


async def _handle_partition(
    messages: Sequence[Arrived],
    handle: Callable[[Arrived], Awaitable[None]],
    stopping: Callable[[], bool],
) -> Handled:
    first = messages[0]
    for count, message in enumerate(messages):
        if stopping() or not await _is_handled(message, handle):
            return Handled(first.topic, first.partition, message.offset, count, whole=False)
    after = messages[-1].offset + 1
    return Handled(first.topic, first.partition, after, len(messages), whole=True)


async def _is_handled(message: Arrived, handle: Callable[[Arrived], Awaitable[None]]) -> bool:
    try:
        await handle(message)
    except Unavailable:
        return False
    except Exception:
        # Not the listener's fault, which `handle` deals with: wait rather than pass it over.
        _log.exception("a message could not be dealt with", topic=message.topic)
        return False
    return True
