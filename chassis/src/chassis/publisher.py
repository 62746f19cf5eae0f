"""An idempotent producer that is thrown away after any failure.

A clean stop of the broker for longer than the client's request timeout leaves aiokafka's
producer broken for ever, and one that is only forgotten may publish later. So after a failure
it is stopped, or closed by force, and the same messages are given to a new one.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from enum import Enum
from typing import Any, Protocol

import msgspec
import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError

from chassis.bounded_wait import within
from chassis.kafka_access import KafkaAccess

_log = structlog.get_logger(__name__)

_STOP_SECONDS = 2.0
# Shorter than our own bound: the client closes what it opened when it times out by itself.
_REQUEST_MS = 7_000

Headers = Sequence[tuple[str, bytes]]


class Outcome(Enum):
    """What became of one message.

    ACKNOWLEDGED: every replica in sync has it. UNKNOWN: it may be there or not, or was not
    tried. REFUSED: the client or the broker will never take it as it is.
    """

    ACKNOWLEDGED = "acknowledged"
    UNKNOWN = "unknown"
    REFUSED = "refused"


class Message(msgspec.Struct, frozen=True):
    """What is to be published."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers


class Producer(Protocol):
    """The calls of aiokafka's producer that are used."""

    async def start(self) -> None:
        """Connect."""

    async def send(
        self, topic: str, *, key: bytes | None, value: bytes | None, headers: Headers
    ) -> Awaitable[object]:
        """Take a message; the answer is awaited for its acknowledgement."""

    async def stop(self) -> None:
        """Flush and close."""


class Publisher:
    """Publishes batches in order and says what became of each message."""

    def __init__(
        self,
        kafka: KafkaAccess,
        *,
        client_id: str,
        make_producer: Callable[[], Producer] | None = None,
        timeout_seconds: float = 15.0,
    ) -> None:
        self._make_producer = make_producer or _aiokafka(kafka, client_id)
        self._timeout_seconds = timeout_seconds
        self._producer: Producer | None = None

    async def publish(
        self,
        messages: Sequence[Message],
        *,
        go_on: Callable[[], bool] = lambda: True,
    ) -> list[Outcome]:
        """Publish in this order; after a failure nothing more is sent.

        A key whose message is refused gets no later one of this batch; others go on.

        Args:
            messages: in the order in which each key's are to appear.
            go_on: asked before each message; when it says no, the rest is not tried.
        Returns: one outcome a message, in the same order.
        """
        outcomes = [Outcome.UNKNOWN] * len(messages)
        try:
            producer = await self._started()
            pending = await self._send(producer, messages, outcomes, go_on)
            await self._gather(pending, outcomes)
        except (KafkaError, TimeoutError, OSError) as error:
            _log.warning("publishing failed", error=type(error).__name__)
        except BaseException:
            await self.close()
            raise
        if Outcome.UNKNOWN in outcomes or Outcome.REFUSED in outcomes:
            await self.close()
        return outcomes

    async def close(self) -> None:
        """Throw the producer away; the next batch makes a new one."""
        producer, self._producer = self._producer, None
        if producer is not None:
            await _throw_away(producer)

    async def _started(self) -> Producer:
        if self._producer is None:
            producer = self._make_producer()
            try:
                async with asyncio.timeout(self._timeout_seconds):
                    await producer.start()
            except BaseException:
                await _throw_away(producer)
                raise
            self._producer = producer
        return self._producer

    async def _send(
        self,
        producer: Producer,
        messages: Sequence[Message],
        outcomes: list[Outcome],
        go_on: Callable[[], bool],
    ) -> dict[int, Awaitable[object]]:
        """Hand over one after another: concurrent sends of one key come out of order."""
        pending: dict[int, Awaitable[object]] = {}
        refused: set[Hashable] = set()
        for number, message in enumerate(messages):
            if (message.topic, message.key) in refused:
                continue
            if not go_on():
                break
            try:
                async with asyncio.timeout(self._timeout_seconds):
                    pending[number] = await producer.send(
                        message.topic,
                        key=message.key,
                        value=message.value,
                        headers=message.headers,
                    )
            except MessageSizeTooLargeError:
                outcomes[number] = Outcome.REFUSED
                refused.add((message.topic, message.key))
            except (KafkaError, TimeoutError, OSError) as error:
                _log.warning("a send failed", topic=message.topic, error=type(error).__name__)
                break
        return pending

    async def _gather(self, pending: dict[int, Awaitable[object]], outcomes: list[Outcome]) -> None:
        if not pending:
            return
        numbers = {asyncio.ensure_future(answer): number for number, answer in pending.items()}
        done, late = await asyncio.wait(numbers, timeout=self._timeout_seconds)
        for answer in late:
            answer.cancel()
        for answer in done:
            outcomes[numbers[answer]] = _outcome(answer)


def _outcome(answer: asyncio.Future[Any]) -> Outcome:
    error = None if answer.cancelled() else answer.exception()
    if answer.cancelled():
        return Outcome.UNKNOWN
    if error is None:
        return Outcome.ACKNOWLEDGED
    if isinstance(error, MessageSizeTooLargeError):
        return Outcome.REFUSED
    if isinstance(error, KafkaError | TimeoutError | OSError):
        _log.warning("an acknowledgement failed", error=type(error).__name__)
        return Outcome.UNKNOWN
    raise error


def _aiokafka(kafka: KafkaAccess, client_id: str) -> Callable[[], Producer]:
    def make() -> Producer:
        producer: Producer = AIOKafkaProducer(
            **kafka.client_options(),
            client_id=client_id,
            acks="all",
            enable_idempotence=True,
            request_timeout_ms=_REQUEST_MS,
        )
        return producer

    return make


async def _throw_away(producer: Producer) -> None:
    """Stop it, or make sure that it never publishes again."""
    if await within(_STOP_SECONDS, producer.stop()):
        return
    sender = getattr(producer, "_sender", None)
    if sender is not None:
        await within(_STOP_SECONDS, sender.close())
    client = getattr(producer, "client", None)
    if client is not None:
        await within(_STOP_SECONDS, client.close())
