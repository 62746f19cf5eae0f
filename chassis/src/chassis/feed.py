"""A service's own topic as its api replicas read it, for GraphQL subscriptions."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import TypeVar

from chassis.events import Envelope

T = TypeVar("T")


class Change:
    """Something happened to a subject, or may have.

    Attributes:
        event: what happened; None means: read again (at the start, and after a lost broker).
    """

    event: Envelope | None

    async def once(self, read: Callable[[], Awaitable[T]]) -> T:
        """The object as it is now, read once for all listeners of this change."""
        raise NotImplementedError


class TopicFeed:
    """Fans the events of one topic out to listeners, by subject."""

    def __init__(self, *, bootstrap_servers: str, topic: str) -> None:
        raise NotImplementedError

    def listen(self, subject: str) -> AbstractAsyncContextManager[AsyncIterator[Change]]:
        """Changes of one subject, the first at once; a slow listener gets only the latest."""
        raise NotImplementedError

    async def run(self, stopping: asyncio.Event) -> None:
        """Read the topic until told to stop; a lost broker is tried again, listeners stay."""
        raise NotImplementedError
