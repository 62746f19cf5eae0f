"""An api waits for the ended sessions once, and never again leaves service for the broker."""

import pytest
from chassis.clock import utc_now
from chassis.kafka_access import KafkaAccess
from chassis.readiness import NotReady
from chassis.revocation import SessionRevocations

from chassis import revocation


class Tail:
    """A reader whose state the test sets."""

    def __init__(self, *_: object, **__: object) -> None:
        self.caught_up = False
        self.broker_is_away = False


@pytest.fixture
def tail(monkeypatch: pytest.MonkeyPatch) -> Tail:
    tail = Tail()
    monkeypatch.setattr(revocation, "TopicTail", lambda *_, **__: tail)
    return tail


async def test_it_is_not_ready_before_the_topic_was_read_to_its_end(tail: Tail) -> None:
    revocations = SessionRevocations(KafkaAccess("nowhere"), now=utc_now)

    with pytest.raises(NotReady):
        await revocations.ready()

    tail.caught_up = True
    await revocations.ready()


async def test_it_begins_without_a_broker(tail: Tail) -> None:
    revocations = SessionRevocations(KafkaAccess("nowhere"), now=utc_now)
    tail.broker_is_away = True

    await revocations.ready()


@pytest.mark.parametrize("first", ["caught_up", "broker_is_away"])
async def test_it_stays_ready_while_it_reads_what_an_outage_left(tail: Tail, first: str) -> None:
    revocations = SessionRevocations(KafkaAccess("nowhere"), now=utc_now)
    setattr(tail, first, True)
    await revocations.ready()

    # The broker is back, and what it missed is not read yet.
    tail.caught_up = tail.broker_is_away = False

    await revocations.ready()
