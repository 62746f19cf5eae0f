"""A service's dead letters: listed, shown, replayed, dropped.

The topic is read on demand, from its beginning to its end. Nothing has to have consumed it
beforehand, so nothing can lag behind it or lose its place: what is in the topic is the truth,
and only what was decided about a letter is kept in the service's own store.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Literal

import msgspec
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaConnectionError

from chassis.bounded_wait import within
from chassis.clock import Now
from chassis.dead_letters import DeadLetter, read_dead_message
from chassis.kafka_access import KafkaAccess
from chassis.mongo import Document, Index, Store
from chassis.publisher import Outcome, Publisher
from chassis.topics import BrokerUnavailable, dead_topic

COLLECTION = "dead_letters"
_DAY_SECONDS = 24 * 60 * 60
# Longer than the topic keeps the letter itself.
INDEXES = [
    Index(
        collection=COLLECTION,
        keys=(("decided_at", 1),),
        expire_after_seconds=60 * _DAY_SECONDS,
    )
]
_READ_SECONDS = 60.0

State = Literal["waiting", "replayed", "dropped"]


class NoSuchDeadLetter(Exception):
    """No dead letter of this service has this id."""


class NotReplayed(Exception):
    """The broker did not take the message; the letter stays as it was."""


class Letter(msgspec.Struct, frozen=True):
    """A dead letter and what was decided about it.

    Attributes:
        decided_at: None while it waits.
        reason: why it was dropped.
    """

    dead: DeadLetter
    state: State
    decided_at: datetime | None = None
    reason: str | None = None


class DeadLetterOffice:
    """The dead letters of one service, over the topics that it listens to."""

    def __init__(
        self,
        *,
        service: str,
        kafka: KafkaAccess,
        store: Store,
        topics: Sequence[str],
        now: Now,
    ) -> None:
        self._service = service
        self._kafka = kafka
        self._decisions = store.collection(COLLECTION)
        self._topics = topics
        self._now = now
        self._publisher = Publisher(kafka, client_id=f"{service}-replay")

    async def letters(self) -> list[Letter]:
        """Every dead letter, the latest first. Raises: BrokerUnavailable."""
        found = await self._read()
        decided = await self._decisions.find({"_id": {"$in": list(found)}})
        decisions = {document["_id"]: document for document in decided}
        letters = [_decided(dead, decisions.get(dead.id)) for dead in found.values()]
        return sorted(letters, key=lambda letter: letter.dead.at, reverse=True)

    async def letter(self, letter_id: str) -> Letter:
        """One dead letter. Raises: NoSuchDeadLetter, BrokerUnavailable."""
        for letter in await self.letters():
            if letter.dead.id == letter_id:
                return letter
        raise NoSuchDeadLetter(letter_id)

    async def replay(self, letter: Letter) -> None:
        """Publish the message to its topic again, as it was. Raises: NotReplayed."""
        if await self._publisher.publish([letter.dead.message]) != [Outcome.ACKNOWLEDGED]:
            raise NotReplayed(letter.dead.id)
        await self._decide(letter, "replayed")

    async def drop(self, letter: Letter, *, reason: str) -> None:
        """Decide that a message is not to be handled any more, and keep why."""
        await self._decide(letter, "dropped", reason)

    async def close(self) -> None:
        """Close the connection to the broker."""
        await self._publisher.close()

    async def _decide(self, letter: Letter, state: State, reason: str | None = None) -> None:
        await self._decisions.update_one(
            {"_id": letter.dead.id},
            {"$set": {"state": state, "decided_at": self._now(), "reason": reason}},
            upsert=True,
        )

    async def _read(self) -> dict[str, DeadLetter]:
        """By id: a message given up twice at one offset is one letter."""
        found: dict[str, DeadLetter] = {}
        async with self._reader() as reader:
            async for record in _to_the_end(reader, [dead_topic(each) for each in self._topics]):
                letter = _letter(record)
                if letter is not None and letter.service == self._service:
                    found[letter.id] = letter
        return found

    @asynccontextmanager
    async def _reader(self) -> AsyncIterator[AIOKafkaConsumer]:
        reader = AIOKafkaConsumer(
            **self._kafka.client_options(),
            client_id=f"{self._service}-dead-letter-office",
            group_id=None,
            auto_offset_reset="earliest",
        )
        try:
            async with asyncio.timeout(_READ_SECONDS):
                await reader.start()
                yield reader
        except (KafkaConnectionError, TimeoutError) as error:
            raise BrokerUnavailable(self._kafka.bootstrap_servers) from error
        finally:
            await within(5.0, reader.stop())


async def _to_the_end(reader: AIOKafkaConsumer, topics: Sequence[str]) -> AsyncIterator[Any]:
    """Every record that was in the topics when the reading began."""
    # Of all topics at once: from the first assignment on the client knows of the assigned alone.
    await reader._client.force_metadata_update()
    partitions = [
        TopicPartition(topic, number)
        for topic in topics
        for number in reader.partitions_for_topic(topic) or ()
    ]
    if not partitions:
        return
    reader.assign(partitions)
    await reader.seek_to_beginning(*partitions)
    ends = await reader.end_offsets(partitions)
    while any([await reader.position(partition) < end for partition, end in ends.items()]):
        for partition, records in (await reader.getmany(timeout_ms=200)).items():
            for record in records:
                if record.offset < ends[partition]:
                    yield record


def _decided(dead: DeadLetter, decision: Document | None) -> Letter:
    if decision is None:
        return Letter(dead, "waiting")
    return Letter(dead, decision["state"], decision["decided_at"], decision.get("reason"))


def _letter(record: Any) -> DeadLetter | None:
    try:
        return read_dead_message(record.key, record.value, record.headers)
    except (KeyError, ValueError):
        return None


def letter_as_json(letter: Letter) -> dict[str, Any]:
    """A letter for `--json`: what is known of it, its data decoded where it can be."""
    dead = letter.dead
    return {
        "id": dead.id,
        "state": letter.state,
        "decided_at": _zulu(letter.decided_at) if letter.decided_at else None,
        "reason": letter.reason,
        "error": dead.failure.error,
        "message": dead.failure.message,
        "attempts": dead.attempts,
        "at": _zulu(dead.at),
        "topic": dead.topic,
        "partition": dead.partition,
        "offset": dead.offset,
        "event_id": dead.event_id,
        "event_type": dead.event_type,
        "subject": dead.subject,
        "data": _data(dead.message.value),
    }


def _data(value: bytes | None) -> object:
    if value is None:
        return None
    try:
        return msgspec.json.decode(value)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return value.decode(errors="backslashreplace")


def _zulu(at: datetime) -> str:
    written: str = msgspec.to_builtins(at)
    return written
