"""The envelope of an event: CloudEvents attributes as Kafka headers (binary mode), JSON value.

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec

E_co = TypeVar("E_co", covariant=True)
E = TypeVar("E")

Headers = Sequence[tuple[str, bytes]]

SPEC_VERSION = "1.0"


class MalformedEvent(Exception):
    """What arrived is no event of ours: an attribute is missing or cannot be read."""


class OutboxEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An event as it waits in the outbox of its aggregate's document.

    Attributes:
        at: when it was written, aware UTC.
        data: what `msgspec.to_builtins` makes of the event.
    """

    id: str
    type: str
    sequence: int
    at: datetime
    topic: str
    key: str
    subject: str
    community_id: str
    data: dict[str, Any]
    traceparent: str | None = None


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """The attributes of an event that has arrived, its data still bytes."""

    id: str
    source: str
    type: str
    subject: str
    sequence: int
    community_id: str
    time: datetime
    traceparent: str | None
    value: bytes


class Received(msgspec.Struct, Generic[E], frozen=True, kw_only=True):
    """An event that has arrived, its data in the listener's own class.

    Attributes:
        subject: the id of the aggregate that it tells of.
        sequence: one more than that aggregate's event before it.
        time: when it was written, aware UTC.
    """

    id: str
    type: str
    subject: str
    sequence: int
    community_id: str
    time: datetime
    data: E
    traceparent: str | None = None


def headers_of(entry: OutboxEntry, *, service: str) -> list[tuple[str, bytes]]:
    """The Kafka headers under which an event travels."""
    raise NotImplementedError


def value_of(entry: OutboxEntry) -> bytes:
    """The Kafka value of an event: its data as JSON."""
    raise NotImplementedError


def open_envelope(headers: Iterable[tuple[str, bytes]], value: bytes | None) -> Envelope:
    """Read the attributes of what has arrived.

    Raises: MalformedEvent.
    """
    raise NotImplementedError


def receive(envelope: Envelope, kind: type[E]) -> Received[E]:
    """Decode the data into a listener's own class, which names only what it needs.

    Raises: MalformedEvent.
    """
    raise NotImplementedError
