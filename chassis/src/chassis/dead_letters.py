"""Messages that could not be handled: `<topic>.dead`, with their error and where they came from.

They are written as they were, so that they can be replayed as they were; what is added travels
in headers. A handler's error is told by type and place only: its message may quote a person.
"""

import traceback
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
import structlog
from prometheus_client import Counter

from chassis.clock import Now
from chassis.errors import NamedError, Unavailable
from chassis.events import MalformedEvent
from chassis.ids import derived_id
from chassis.publisher import Message, Outcome, Publisher
from chassis.topics import dead_topic

_log = structlog.get_logger(__name__)
_PREFIX = "dead_"
_dead = Counter("linli_dead_letters_total", "Messages given up", ["topic", "error"])


class DeadLetterNotWritten(Unavailable):
    """The broker did not take a dead letter; its message must not be passed over."""


class Arrived(msgspec.Struct, frozen=True, kw_only=True):
    """A message as the broker delivered it, and where."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes]]


class Failure(msgspec.Struct, frozen=True):
    """Why a message was given up, without anything that it said."""

    error: str
    message: str

    @classmethod
    def of(cls, error: BaseException) -> "Failure":
        """Describe an error by its type and, unless it is ours, the place it came from."""
        name = type(error).__name__
        if isinstance(error, MalformedEvent):
            return cls(name, str(error))
        code = f"{error.code} " if isinstance(error, NamedError) else ""
        frames = traceback.extract_tb(error.__traceback__)
        if not frames:
            return cls(name, f"{code}at an unknown place")
        last = frames[-1]
        place = "/".join(last.filename.split("/")[-2:])
        return cls(name, f"{code}at {place}:{last.lineno} in {last.name}")


def log_failure(said: str, error: BaseException, **fields: object) -> None:
    """Log an error of a listener with its stack, without its message, which may quote a person."""
    failure = Failure.of(error)
    stack = "".join(traceback.format_tb(error.__traceback__))
    _log.error(said, error=failure.error, message=failure.message, stack=stack, **fields)


class DeadLetter(msgspec.Struct, frozen=True, kw_only=True):
    """One message that a service gave up.

    Attributes:
        id: the same however often this message is given up at this offset.
        message: the message as it was, to be replayed.
        partition, offset: where it was in its topic.
    """

    id: str
    service: str
    failure: Failure
    topic: str
    partition: int
    offset: int
    attempts: int
    at: datetime
    event_id: str
    event_type: str
    subject: str
    message: Message


class DeadLetterWriter:
    """Writes what a service gives up."""

    def __init__(self, publisher: Publisher, *, service: str, now: Now) -> None:
        self._publisher = publisher
        self._service = service
        self._now = now

    async def write(self, arrived: Arrived, error: BaseException, *, attempts: int) -> None:
        """Write a message to the dead letters of its topic. Raises: DeadLetterNotWritten."""
        failure = Failure.of(error)
        message = dead_message(
            arrived, failure, service=self._service, attempts=attempts, at=self._now()
        )
        if await self._publisher.publish([message]) != [Outcome.ACKNOWLEDGED]:
            raise DeadLetterNotWritten
        _dead.labels(arrived.topic, failure.error).inc()

    async def close(self) -> None:
        """Close the connection to the broker."""
        await self._publisher.close()


def dead_message(
    arrived: Arrived, failure: Failure, *, service: str, attempts: int, at: datetime
) -> Message:
    """The message in the dead letter topic."""
    added = {
        "id": derived_id(
            "deadletter", service, arrived.topic, str(arrived.partition), str(arrived.offset)
        ),
        "service": service,
        "error": failure.error,
        "message": failure.message,
        "topic": arrived.topic,
        "partition": str(arrived.partition),
        "offset": str(arrived.offset),
        "attempts": str(attempts),
        "at": at.isoformat(),
    }
    headers = [*_original(arrived.headers)]
    headers += [(f"{_PREFIX}{name}", value.encode()) for name, value in added.items()]
    return Message(dead_topic(arrived.topic), arrived.key, arrived.value, headers)


def read_dead_message(
    key: bytes | None, value: bytes | None, headers: Sequence[tuple[str, bytes]]
) -> DeadLetter:
    """What `dead_message` wrote.

    Raises: KeyError or ValueError for what no service of ours has written.
    """
    text = {name: given.decode(errors="replace") for name, given in headers}
    topic = text["dead_topic"]
    return DeadLetter(
        id=text["dead_id"],
        service=text["dead_service"],
        failure=Failure(text["dead_error"], text["dead_message"]),
        topic=topic,
        partition=int(text["dead_partition"]),
        offset=int(text["dead_offset"]),
        attempts=int(text["dead_attempts"]),
        at=datetime.fromisoformat(text["dead_at"]),
        event_id=text.get("ce_id", ""),
        event_type=text.get("ce_type", ""),
        subject=text.get("ce_subject", ""),
        message=Message(topic, key, value, _original(headers)),
    )


def _original(headers: Iterable[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    return [(name, value) for name, value in headers if not name.startswith(_PREFIX)]
