"""The producer that is thrown away after any failure."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from aiokafka.errors import KafkaConnectionError, MessageSizeTooLargeError
from chassis.kafka_access import KafkaAccess
from chassis.publisher import Message, Outcome, Publisher

A, U, R = Outcome.ACKNOWLEDGED, Outcome.UNKNOWN, Outcome.REFUSED


class Closable:
    """What aiokafka's producer holds, and what may publish later if it is not closed."""

    def __init__(self) -> None:
        self.closed = False

    async def close(self) -> None:
        self.closed = True


class FakeProducer:
    """Fails where it is told to, by value of the message."""

    def __init__(self, **fails: BaseException) -> None:
        self.fails = {name.encode(): error for name, error in fails.items()}
        self.sent: list[bytes | None] = []
        self.started = self.stopped = False
        self.stop_hangs = False
        self.never_answers = False
        self.was_sent_to = asyncio.Event()
        self._sender = Closable()
        self.client = Closable()

    async def start(self) -> None:
        if b"start" in self.fails:
            raise self.fails[b"start"]
        self.started = True

    async def send(self, topic: str, **message: object) -> Awaitable[object]:
        value = message["value"]
        assert isinstance(value, bytes)
        if error := self.fails.get(b"send_" + value):
            raise error
        self.sent.append(value)
        self.was_sent_to.set()
        answer: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        if error := self.fails.get(value):
            answer.set_exception(error)
        elif not self.never_answers:
            answer.set_result(None)
        return answer

    async def stop(self) -> None:
        if self.stop_hangs:
            await asyncio.Event().wait()
        self.stopped = True


def a_publisher(*producers: FakeProducer, seconds: float = 5.0) -> Publisher:
    made: Callable[[], FakeProducer] = iter(producers).__next__
    kafka = KafkaAccess("nowhere:1")
    return Publisher(kafka, client_id="test", make_producer=made, timeout_seconds=seconds)


def messages(*values: str, key: bytes | None = b"k") -> list[Message]:
    return [Message("bakery.events", key, value.encode(), []) for value in values]


async def test_messages_go_out_one_after_another_and_one_producer_is_kept() -> None:
    producer = FakeProducer()
    publisher = a_publisher(producer)

    assert await publisher.publish(messages("e1", "e2")) == [A, A]
    assert await publisher.publish(messages("e3")) == [A]

    assert producer.sent == [b"e1", b"e2", b"e3"]
    assert not producer.stopped


async def test_a_failed_acknowledgement_throws_the_producer_away() -> None:
    first, second = FakeProducer(e2=KafkaConnectionError()), FakeProducer()
    publisher = a_publisher(first, second)

    assert await publisher.publish(messages("e1", "e2", "e3")) == [A, U, A]
    assert first.stopped

    assert await publisher.publish(messages("e2", "e3")) == [A, A]
    assert second.sent == [b"e2", b"e3"]


async def test_after_a_failed_send_nothing_more_is_sent() -> None:
    producer = FakeProducer(send_e2=KafkaConnectionError())

    assert await a_publisher(producer).publish(messages("e1", "e2", "e3")) == [A, U, U]

    assert producer.sent == [b"e1"]
    assert producer.stopped


async def test_a_broker_that_is_away_leaves_everything_unknown() -> None:
    producers = FakeProducer(start=KafkaConnectionError()), FakeProducer()
    publisher = a_publisher(*producers)

    assert await publisher.publish(messages("e1")) == [U]
    assert await publisher.publish(messages("e1")) == [A]


async def test_an_acknowledgement_that_does_not_come_is_unknown() -> None:
    producer = FakeProducer()
    producer.never_answers = True

    assert await a_publisher(producer, seconds=0.05).publish(messages("e1")) == [U]
    assert producer.stopped


async def test_a_producer_that_does_not_stop_is_closed_by_force(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("chassis.publisher._STOP_SECONDS", 0.05)
    producer = FakeProducer(e1=KafkaConnectionError())
    producer.stop_hangs = True

    await a_publisher(producer).publish(messages("e1"))

    assert producer._sender.closed
    assert producer.client.closed


async def test_a_refused_message_holds_up_its_own_key_only() -> None:
    producer = FakeProducer(send_e1=MessageSizeTooLargeError())
    batch = [*messages("e1", "e2"), *messages("f1", key=b"other")]

    assert await a_publisher(producer).publish(batch) == [R, U, A]

    assert producer.sent == [b"f1"]


async def test_nothing_is_sent_once_told_not_to_go_on() -> None:
    producer = FakeProducer()
    goes = iter([True, False])

    outcomes = await a_publisher(producer).publish(
        messages("e1", "e2", "e3"), go_on=lambda: next(goes)
    )

    assert outcomes == [A, U, U]
    assert producer.sent == [b"e1"]


async def test_a_bug_is_not_taken_for_an_absent_broker() -> None:
    producer = FakeProducer(e1=ZeroDivisionError())

    with pytest.raises(ZeroDivisionError):
        await a_publisher(producer).publish(messages("e1"))

    assert producer.stopped


async def test_being_cancelled_throws_the_producer_away() -> None:
    producer = FakeProducer()
    producer.never_answers = True
    publishing = asyncio.create_task(a_publisher(producer).publish(messages("e1")))
    await producer.was_sent_to.wait()

    publishing.cancel()
    await asyncio.wait([publishing])

    assert publishing.cancelled()
    assert producer.stopped
