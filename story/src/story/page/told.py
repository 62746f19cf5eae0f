"""An event as it lies in Kafka, with what a picture of it needs."""

import re
from collections.abc import Iterable
from datetime import datetime

import msgspec

ID = re.compile(r"[a-z][a-z_]*_[0-9a-z]{26}")
"""An identifier: a prefix and 26 letters and digits."""
TRACE_PREFIX_LENGTH = 16
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One event.

    Attributes:
        service: who told it.
        subject: the id of the aggregate that it is of.
        sequence: which event of that aggregate it is, from 1.
        time: when it was written, aware UTC.
        trace_id: of what it follows from; None for what nobody's request led to.
        span_id: of the one request or consumption in which it was written.
    """

    topic: str
    partition: int
    offset: int
    id: str
    type: str
    service: str
    subject: str
    sequence: int
    community_id: str
    time: datetime
    trace_id: str | None
    span_id: str | None
    data: dict[str, object]

    @property
    def order(self) -> tuple[datetime, str, int, int]:
        """Its place among all: by time, and by where it lies where the time is the same."""
        return self.time, self.topic, self.partition, self.offset

    @property
    def trace_prefix(self) -> str | None:
        """By which the step is known whose request began the trace, if it was one's."""
        return self.trace_id and self.trace_id[:TRACE_PREFIX_LENGTH]

    @property
    def ids(self) -> frozenset[str]:
        """Every id that it names, of its aggregate and in its data; not that of the community."""
        named = {self.subject, *_ids_in(self.data)}
        return frozenset(named - {self.community_id})


def told_of(
    topic: str,
    partition: int,
    offset: int,
    headers: Iterable[tuple[str, bytes]],
    value: bytes | None,
) -> Told | None:
    """Read a record: CloudEvents headers, binary mode. None for what is no event."""
    said = {name: text.decode(errors="replace") for name, text in headers}
    trace = _TRACEPARENT.fullmatch(said.get("traceparent", ""))
    try:
        return Told(
            topic=topic,
            partition=partition,
            offset=offset,
            id=said["ce_id"],
            type=said["ce_type"],
            service=said["ce_source"].removeprefix("/"),
            subject=said["ce_subject"],
            sequence=int(said["ce_sequence"]),
            community_id=said.get("ce_communityid", ""),
            time=datetime.fromisoformat(said["ce_time"]),
            trace_id=trace.group(1) if trace else None,
            span_id=trace.group(2) if trace else None,
            data=msgspec.json.decode(value or b"", type=dict[str, object]),
        )
    except (KeyError, ValueError, msgspec.DecodeError):
        return None


def _ids_in(value: object) -> Iterable[str]:
    if isinstance(value, str):
        if ID.fullmatch(value):
            yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _ids_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from _ids_in(each)
