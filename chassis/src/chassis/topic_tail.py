"""Read a topic without a group: every process sees every record."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Literal

import msgspec


class Record(msgspec.Struct, frozen=True):
    """One record of a topic."""

    key: bytes | None
    value: bytes | None
    headers: Mapping[str, bytes]
    partition: int
    offset: int


class TopicTail:
    """Reads one topic for ever, from its beginning or its end, whatever happens to the broker.

    After an outage it goes on from where it was. A handler that fails is logged and counted: a
    reader without a group has nobody to hand the record back to.
    """

    def __init__(
        self,
        bootstrap_servers: str,
        topic: str,
        handle: Callable[[Record], Awaitable[None]],
        *,
        start: Literal["beginning", "end"],
    ) -> None:
        raise NotImplementedError

    async def run(self) -> None:
        """Read until cancelled."""

    @property
    def caught_up(self) -> bool:
        """Whether everything that was in the topic at the (re)start has been handled."""
        raise NotImplementedError

    @property
    def broker_is_away(self) -> bool:
        """Whether the last attempt to connect failed."""
        raise NotImplementedError
