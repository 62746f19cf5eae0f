"""What becomes of one message."""

from typing import Any, ClassVar, cast

import msgspec
import pytest
from chassis.consumer import Listener
from chassis.dead_letters import Arrived, DeadLetterNotWritten, DeadLetterWriter
from chassis.errors import StoreUnavailable
from chassis.events import MalformedEvent, Received
from chassis.handling import Handling, backoff_seconds
from chassis.listening import Listeners
from chassis.mongo import Store
from chassis.testing import FrozenClock
from chassis.tracing import current_traceparent
from hypothesis import given
from hypothesis import strategies as st

TOPIC = "bakery.events"


class Baked(msgspec.Struct, frozen=True):
    type: ClassVar[str] = "loaf.baked.v1"
    slices: int


class NoStore:
    """Handling touches the store only for early arrivals."""

    def collection(self, name: str) -> None:
        return None


class DeadLetters:
    def __init__(self) -> None:
        self.written: list[tuple[int, str, int]] = []
        self.broker_is_away = False

    async def write(self, arrived: Arrived, error: BaseException, *, attempts: int) -> None:
        if self.broker_is_away:
            raise DeadLetterNotWritten
        self.written.append((arrived.offset, type(error).__name__, attempts))


class Case:
    """A handler that fails as told, and what came of it."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.seen: list[Received[Baked]] = []
        self.calls = 0
        self.traceparents: list[str | None] = []
        self.slept: list[float] = []
        self.dead = DeadLetters()
        self.handling = Handling(
            store=cast(Store, NoStore()),
            listeners=Listeners([Listener(TOPIC, Baked, self._listen)]),
            dead_letters=cast(DeadLetterWriter, self.dead),
            attempts=5,
            now=FrozenClock(),
            sleep=self._sleep,
        )

    async def _listen(self, event: Received[Baked]) -> None:
        self.calls += 1
        self.traceparents.append(current_traceparent())
        if self.failures:
            raise self.failures.pop(0)
        self.seen.append(event)

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def a_message(value: bytes = b'{"slices": 3}', **attributes: str) -> Arrived:
    given = {
        "ce_specversion": "1.0",
        "ce_id": "event_1",
        "ce_source": "/bakery",
        "ce_type": "loaf.baked.v1",
        "ce_subject": "loaf_1",
        "ce_time": "2026-11-23T08:00:00Z",
        "ce_sequence": "1",
        "ce_communityid": "community_1",
        **attributes,
    }
    headers = [(name, text.encode()) for name, text in given.items()]
    return Arrived(topic=TOPIC, partition=0, offset=7, key=b"k", value=value, headers=headers)


async def test_a_listener_receives_the_event_once() -> None:
    case = Case()

    await case.handling.handle(a_message())

    assert [event.data for event in case.seen] == [Baked(3)]
    assert case.dead.written == []


async def test_the_trace_of_the_emitter_goes_on_in_the_listener() -> None:
    case = Case()
    trace_id = "0af7651916cd43dd8448eb211c80319c"

    await case.handling.handle(a_message(traceparent=f"00-{trace_id}-b7ad6b7169203331-01"))
    await case.handling.handle(a_message())

    assert case.traceparents[0] is not None
    assert case.traceparents[0].split("-")[1] == trace_id
    assert trace_id not in (case.traceparents[1] or "")


async def test_a_failure_is_tried_again_with_growing_waits() -> None:
    case = Case(ZeroDivisionError(), ZeroDivisionError(), ZeroDivisionError())

    await case.handling.handle(a_message())

    assert len(case.seen) == 1
    assert case.slept == [0.1, 0.2, 0.4]
    assert case.dead.written == []


async def test_what_fails_every_time_is_given_up_and_the_next_message_goes_on() -> None:
    case = Case(*[ZeroDivisionError()] * 5)

    await case.handling.handle(a_message())
    await case.handling.handle(a_message())

    assert case.dead.written == [(7, "ZeroDivisionError", 5)]
    assert len(case.seen) == 1


@pytest.mark.parametrize(
    "poison",
    [
        a_message(b"not json"),
        a_message(b'{"slices": "three"}'),
        a_message(ce_sequence="first"),
        a_message(ce_specversion="0.3"),
    ],
)
async def test_what_cannot_be_read_is_given_up_at_once(poison: Arrived) -> None:
    case = Case()

    await case.handling.handle(poison)

    assert case.dead.written == [(7, MalformedEvent.__name__, 1)]
    assert case.calls == 0
    assert case.slept == []


async def test_an_event_nobody_listens_to_is_passed_over() -> None:
    case = Case()

    await case.handling.handle(a_message(b"not even json", ce_type="loaf.eaten.v1"))

    assert (case.calls, case.dead.written) == (0, [])


async def test_a_store_that_is_away_is_waited_for_and_never_a_dead_letter() -> None:
    case = Case(*[StoreUnavailable()] * 20)

    for _ in range(20):
        with pytest.raises(StoreUnavailable):
            await case.handling.handle(a_message())
    await case.handling.handle(a_message())

    assert len(case.seen) == 1
    assert case.dead.written == []


async def test_a_message_whose_dead_letter_cannot_be_written_is_not_done() -> None:
    case = Case(*[ZeroDivisionError()] * 5)
    case.dead.broker_is_away = True

    with pytest.raises(DeadLetterNotWritten):
        await case.handling.handle(a_message())


@given(st.integers(min_value=1, max_value=10_000))
def test_waits_grow_and_are_bounded(attempt: int) -> None:
    assert 0.1 <= backoff_seconds(attempt) <= backoff_seconds(attempt + 1) <= 5.0


def test_listeners_of_one_event_are_all_heard_and_topics_are_listed_once() -> None:
    async def handle(event: Received[Any]) -> None: ...

    listeners = Listeners([Listener(TOPIC, Baked, handle), Listener(TOPIC, Baked, handle)])

    assert listeners.topics == [TOPIC]
    assert listeners.hears(TOPIC, "loaf.baked.v1")
    assert not listeners.hears("mill.events", "loaf.baked.v1")
