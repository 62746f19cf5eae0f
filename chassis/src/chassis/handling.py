"""What is done with one message: retried, kept, given up, or waited on."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from prometheus_client import Counter, Histogram

from chassis.clock import Now, utc_now
from chassis.dead_letters import Arrived, DeadLetterWriter, log_failure
from chassis.early_arrivals import EarlyArrivals
from chassis.errors import Unavailable
from chassis.events import Envelope, MalformedEvent, open_envelope
from chassis.listening import EarlyArrival, Listeners
from chassis.mongo import Store
from chassis.tracing import continue_trace

_log = structlog.get_logger(__name__)
_messages = Counter("linli_messages_total", "Messages by what became of them", ["topic", "outcome"])
_delay = Histogram(
    "linli_event_delay_seconds",
    "From the write that emitted an event to the end of its handling",
    ["type"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600),
)

_FIRST_WAIT_SECONDS = 0.1
_LONGEST_WAIT_SECONDS = 5.0


def backoff_seconds(attempt: int) -> float:
    """How long to wait after the n-th failed attempt, n from 1."""
    return min(_LONGEST_WAIT_SECONDS, _FIRST_WAIT_SECONDS * 2.0 ** min(attempt - 1, 16))


class Handling:
    """Handles one message after another, each to its end."""

    def __init__(
        self,
        *,
        store: Store,
        listeners: Listeners,
        dead_letters: DeadLetterWriter,
        attempts: int,
        lane: str | None = None,
        now: Now = utc_now,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._listeners = listeners
        self._dead_letters = dead_letters
        self._attempts = attempts
        self._now = now
        self._sleep = sleep
        self.early_arrivals = EarlyArrivals(
            store,
            now=now,
            deliver=self._deliver_kept,
            give_up=self._give_up,
            attempts=attempts,
            lane=lane,
        )

    async def handle(self, arrived: Arrived) -> None:
        """Handle a message to its end: done, passed over, kept, or given up.

        Raises: Unavailable when it must wait for a store or broker; then it is not done, and
            nothing after it in its partition may be.
        """
        try:
            envelope = open_envelope(arrived.headers, arrived.value)
        except MalformedEvent as error:
            await self._give_up(arrived, error, attempts=1)
            return
        if not self._listeners.hears(arrived.topic, envelope.type):
            _messages.labels(arrived.topic, "ignored").inc()
            return
        with continue_trace(envelope.traceparent, f"handle {envelope.type}"):
            if await self._attempt(arrived, envelope):
                await self.early_arrivals.wake(envelope.subject)

    async def _attempt(self, arrived: Arrived, envelope: Envelope) -> bool:
        """Whether the event's effect is there now."""
        for attempt in range(1, self._attempts + 1):
            try:
                await self._listeners.deliver(arrived.topic, envelope)
            except EarlyArrival as early:
                _messages.labels(arrived.topic, "kept").inc()
                await self.early_arrivals.keep(arrived, envelope, early.awaits)
                return False
            except Unavailable:
                _messages.labels(arrived.topic, "waited").inc()
                raise
            except MalformedEvent as error:
                await self._give_up(arrived, error, attempts=attempt)
                return False
            except Exception as error:
                log_failure("handling failed", error, event_id=envelope.id, attempt=attempt)
                if attempt == self._attempts:
                    await self._give_up(arrived, error)
                    return False
                await self._sleep(backoff_seconds(attempt))
            else:
                self._count_handled(arrived, envelope)
                return True
        raise AssertionError("attempts is at least 1")

    async def _deliver_kept(self, arrived: Arrived) -> None:
        envelope = open_envelope(arrived.headers, arrived.value)
        with continue_trace(envelope.traceparent, f"handle {envelope.type} again"):
            await self._listeners.deliver(arrived.topic, envelope)
        self._count_handled(arrived, envelope)
        await self.early_arrivals.wake(envelope.subject)

    async def _give_up(
        self, arrived: Arrived, error: Exception, *, attempts: int | None = None
    ) -> None:
        await self._dead_letters.write(arrived, error, attempts=attempts or self._attempts)
        _messages.labels(arrived.topic, "dead").inc()
        _log.error(
            "a message was given up",
            topic=arrived.topic,
            partition=arrived.partition,
            offset=arrived.offset,
            error=type(error).__name__,
        )

    def _count_handled(self, arrived: Arrived, envelope: Envelope) -> None:
        _messages.labels(arrived.topic, "handled").inc()
        seconds = (self._now() - envelope.time).total_seconds()
        _delay.labels(envelope.type).observe(max(0.0, seconds))
