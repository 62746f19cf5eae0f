"""The envelope of an event: CloudEvents attributes as Kafka headers (binary mode), JSON value.

Source: the CloudEvents 1.0.2 Kafka protocol binding.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

import msgspec

E = TypeVar("E")

SPEC_VERSION = "1.0"
TRACEPARENT = "traceparent"
PUBLISHED_AT = "outbox_published_at"
"""When the relay last published an event of the document; `republish --since` asks for it."""


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
    attributes = {
        "ce_specversion": SPEC_VERSION,
        "ce_id": entry.id,
        "ce_source": f"/{service}",
        "ce_type": entry.type,
        "ce_subject": entry.subject,
        "ce_time": _rfc3339(entry.at),
        "ce_sequence": str(entry.sequence),
        "ce_communityid": entry.community_id,
        "content-type": "application/json",
    }
    if entry.traceparent:
        attributes[TRACEPARENT] = entry.traceparent
    return [(name, value.encode()) for name, value in attributes.items()]


def value_of(entry: OutboxEntry) -> bytes:
    """The Kafka value of an event: its data as JSON."""
    return msgspec.json.encode(entry.data)


def open_envelope(headers: Iterable[tuple[str, bytes]], value: bytes | None) -> Envelope:
    """Read the attributes of what has arrived.

    Raises: MalformedEvent.
    """
    if value is None:
        raise MalformedEvent("there is no value")
    try:
        attributes = {name: given.decode() for name, given in headers}
    except UnicodeDecodeError:
        raise MalformedEvent("a header is not UTF-8") from None
    if attributes.get("ce_specversion") != SPEC_VERSION:
        raise MalformedEvent("ce_specversion is not 1.0")
    return Envelope(
        id=_attribute(attributes, "ce_id"),
        source=_attribute(attributes, "ce_source"),
        type=_attribute(attributes, "ce_type"),
        subject=_attribute(attributes, "ce_subject"),
        sequence=_sequence(attributes),
        community_id=attributes.get("ce_communityid", ""),
        time=_time(attributes),
        traceparent=attributes.get(TRACEPARENT),
        value=value,
    )


def receive(envelope: Envelope, kind: type[E]) -> Received[E]:
    """Decode the data into a listener's own class, which names only what it needs.

    Raises: MalformedEvent, naming the field and what is wrong with its type, never its value.
    """
    try:
        data = msgspec.json.decode(envelope.value, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MalformedEvent(f"{envelope.type}: {_without_values(error)}") from None
    return Received(
        id=envelope.id,
        type=envelope.type,
        subject=envelope.subject,
        sequence=envelope.sequence,
        community_id=envelope.community_id,
        time=envelope.time,
        data=data,
        traceparent=envelope.traceparent,
    )


def _attribute(attributes: dict[str, str], name: str) -> str:
    value = attributes.get(name)
    if not value:
        raise MalformedEvent(f"{name} is missing")
    return value


def _sequence(attributes: dict[str, str]) -> int:
    given = _attribute(attributes, "ce_sequence")
    # isdecimal alone lets other scripts' digits through
    if not (given.isascii() and given.isdecimal() and len(given) < 19):
        raise MalformedEvent("ce_sequence is not a number")
    return int(given)


def _time(attributes: dict[str, str]) -> datetime:
    try:
        at = msgspec.convert(_attribute(attributes, "ce_time"), datetime)
    except msgspec.ValidationError:
        raise MalformedEvent("ce_time is not a time") from None
    if at.tzinfo is None:
        raise MalformedEvent("ce_time has no zone")
    return at.astimezone(UTC)


def _rfc3339(at: datetime) -> str:
    written: str = msgspec.to_builtins(at.astimezone(UTC))
    return written


def _without_values(error: Exception) -> str:
    # msgspec quotes an unknown enum or tag value: that part of its message is what was sent.
    if isinstance(error, msgspec.ValidationError):
        message, _, path = str(error).partition(" - at ")
        named = message.startswith(("Expected", "Object missing"))
        return f"{message if named else 'invalid value'} - at {path or '`$`'}"
    return "the value is not JSON"
