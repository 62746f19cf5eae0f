"""An event's way into headers and back."""

from datetime import UTC, datetime, timedelta, timezone
from typing import ClassVar, Literal

import msgspec
import pytest
from chassis.events import (
    Envelope,
    MalformedEvent,
    OutboxEntry,
    headers_of,
    open_envelope,
    receive,
    value_of,
)
from hypothesis import given
from hypothesis import strategies as st

NAMES = st.text(min_size=1, max_size=40)
ENTRIES = st.builds(
    OutboxEntry,
    id=NAMES,
    type=NAMES,
    sequence=st.integers(min_value=0, max_value=10**15),
    at=st.datetimes(timezones=st.just(UTC)),
    topic=NAMES,
    key=NAMES,
    subject=NAMES,
    community_id=st.text(max_size=20),
    data=st.dictionaries(NAMES, st.one_of(st.text(), st.integers(0, 2**53), st.none())),
    traceparent=st.one_of(st.none(), NAMES),
)


class Baked(msgspec.Struct, frozen=True):
    type: ClassVar[str] = "loaf.baked.v1"
    slices: int
    flour: Literal["rye", "wheat"] = "rye"


def an_entry(**changes: object) -> OutboxEntry:
    entry = OutboxEntry(
        id="event_1",
        type="loaf.baked.v1",
        sequence=7,
        at=datetime(2026, 11, 23, 8, tzinfo=UTC),
        topic="bakery.events",
        key="loaf_1",
        subject="loaf_1",
        community_id="community_1",
        data={"slices": 3},
    )
    return msgspec.structs.replace(entry, **changes)


def an_envelope(value: bytes = b'{"slices": 3}') -> Envelope:
    return open_envelope(headers_of(an_entry(), service="bakery"), value)


@given(ENTRIES)
def test_what_is_sent_is_what_arrives(entry: OutboxEntry) -> None:
    envelope = open_envelope(headers_of(entry, service="bakery"), value_of(entry))

    assert envelope == Envelope(
        id=entry.id,
        source="/bakery",
        type=entry.type,
        subject=entry.subject,
        sequence=entry.sequence,
        community_id=entry.community_id,
        time=entry.at,
        traceparent=entry.traceparent,
        value=value_of(entry),
    )
    assert receive(envelope, dict).data == entry.data


def test_attributes_are_named_as_cloudevents_names_them() -> None:
    headers = dict(headers_of(an_entry(traceparent="00-1-2-01"), service="bakery"))

    assert headers == {
        "ce_specversion": b"1.0",
        "ce_id": b"event_1",
        "ce_source": b"/bakery",
        "ce_type": b"loaf.baked.v1",
        "ce_subject": b"loaf_1",
        "ce_time": b"2026-11-23T08:00:00Z",
        "ce_sequence": b"7",
        "ce_communityid": b"community_1",
        "content-type": b"application/json",
        "traceparent": b"00-1-2-01",
    }


def test_a_time_of_another_zone_arrives_in_utc() -> None:
    beijing = timezone(timedelta(hours=8))
    entry = an_entry(at=datetime(2026, 11, 23, 16, tzinfo=beijing))

    envelope = open_envelope(headers_of(entry, service="bakery"), b"{}")

    assert envelope.time == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert envelope.time.tzinfo is UTC


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("ce_id", None, "ce_id is missing"),
        ("ce_type", b"", "ce_type is missing"),
        ("ce_subject", b"\xff", "a header is not UTF-8"),
        ("ce_specversion", b"0.3", "ce_specversion is not 1.0"),
        ("ce_sequence", b"-1", "ce_sequence is not a number"),
        ("ce_sequence", "٣".encode(), "ce_sequence is not a number"),
        ("ce_sequence", b"9" * 30, "ce_sequence is not a number"),
        ("ce_time", b"yesterday", "ce_time is not a time"),
        ("ce_time", b"2026-11-23T08:00:00", "ce_time has no zone"),
    ],
)
def test_a_malformed_attribute_is_named(name: str, value: bytes | None, reason: str) -> None:
    headers = dict(headers_of(an_entry(), service="bakery"))
    headers.pop(name)
    if value is not None:
        headers[name] = value

    with pytest.raises(MalformedEvent, match=reason):
        open_envelope(headers.items(), b"{}")


def test_a_message_without_value_is_malformed() -> None:
    with pytest.raises(MalformedEvent, match="there is no value"):
        open_envelope(headers_of(an_entry(), service="bakery"), None)


@given(st.lists(st.tuples(st.text(), st.binary())), st.one_of(st.none(), st.binary()))
def test_whatever_arrives_is_an_event_or_malformed(
    headers: list[tuple[str, bytes]], value: bytes | None
) -> None:
    try:
        receive(open_envelope(headers, value), Baked)
    except MalformedEvent:
        return


def test_a_listener_gets_its_own_class_and_may_know_less_than_was_sent() -> None:
    received = receive(an_envelope(b'{"slices": 3, "baker": "x"}'), Baked)

    assert received.data == Baked(slices=3)
    assert (received.id, received.sequence, received.subject) == ("event_1", 7, "loaf_1")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (b"{", "the value is not JSON"),
        (b"{}", "Object missing required field `slices`"),
        (b'{"slices": "three"}', "Expected `int`, got `str`"),
        (b'{"slices": 3, "flour": "13812345678"}', "invalid value - at `\\$.flour`"),
    ],
)
def test_data_that_does_not_fit_is_malformed_and_is_not_quoted(value: bytes, reason: str) -> None:
    with pytest.raises(MalformedEvent, match=reason) as malformed:
        receive(an_envelope(value), Baked)

    assert "13812345678" not in str(malformed.value)
