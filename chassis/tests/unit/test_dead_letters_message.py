"""A message given up, and what is told of it."""

from datetime import UTC, datetime

import pytest
from chassis.dead_letters import Arrived, Failure, dead_message, read_dead_message
from chassis.errors import TooMuchContention
from chassis.events import MalformedEvent
from chassis.publisher import Message

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)


def an_arrival(offset: int = 12) -> Arrived:
    return Arrived(
        topic="bakery.events",
        partition=3,
        offset=offset,
        key=b"loaf_1",
        value=b"\xff not json",
        headers=[("ce_id", b"event_1"), ("ce_type", b"loaf.baked.v1"), ("ce_subject", b"loaf_1")],
    )


def dead(arrived: Arrived, service: str = "shop") -> Message:
    return dead_message(
        arrived, Failure("KeyError", "at x.py:1"), service=service, attempts=5, at=AT
    )


def test_a_dead_letter_says_where_it_came_from_and_keeps_the_message_as_it_was() -> None:
    message = dead(an_arrival())
    letter = read_dead_message(message.key, message.value, message.headers)

    assert message.topic == "bakery.events.dead"
    assert (letter.topic, letter.partition, letter.offset) == ("bakery.events", 3, 12)
    assert (letter.service, letter.attempts, letter.at) == ("shop", 5, AT)
    assert (letter.event_id, letter.event_type, letter.subject) == (
        "event_1",
        "loaf.baked.v1",
        "loaf_1",
    )
    assert letter.message == Message(
        "bakery.events", b"loaf_1", b"\xff not json", an_arrival().headers
    )


def test_the_id_belongs_to_service_and_place() -> None:
    ids = [
        dict(message.headers)["dead_id"]
        for message in (
            dead(an_arrival()),
            dead(an_arrival()),
            dead(an_arrival(13)),
            dead(an_arrival(), service="mill"),
        )
    ]

    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


def test_a_letter_that_died_again_after_a_replay_carries_only_the_new_failure() -> None:
    first = dead(an_arrival())
    again = Arrived(
        topic="bakery.events",
        partition=3,
        offset=99,
        key=first.key,
        value=first.value,
        headers=first.headers,
    )

    names = [name for name, _ in dead(again).headers]

    assert len(names) == len(set(names))
    assert dict(dead(again).headers)["dead_offset"] == b"99"


def test_a_bug_is_told_by_type_and_place_without_what_it_quotes() -> None:
    nobody: dict[str, str] = {}
    try:
        nobody["张三 13812345678"]
    except KeyError as error:
        failure = Failure.of(error)

    assert failure.error == "KeyError"
    assert failure.message.startswith("at unit/test_dead_letters_message.py:")
    assert "13812345678" not in failure.message


def test_a_named_error_gives_its_code_and_a_malformed_event_its_reason() -> None:
    assert Failure.of(TooMuchContention()).message == "UNAVAILABLE at an unknown place"
    assert Failure.of(MalformedEvent("ce_id is missing")).message == "ce_id is missing"


def test_what_no_service_has_written_is_no_letter() -> None:
    with pytest.raises(KeyError):
        read_dead_message(b"k", b"v", [])
