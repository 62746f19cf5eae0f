"""Cursors come back as they went, and nothing else comes in."""

import base64
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from chassis.connections import (
    checked_first,
    connection_of,
    decode_cursor,
    encode_cursor,
    rate_of,
)
from chassis.errors import BadUserInput, QueryRefused
from hypothesis import given
from hypothesis import strategies as st

PARTS = st.one_of(
    st.text(max_size=50),
    st.integers(min_value=-(2**63), max_value=2**63 - 1),
    st.booleans(),
    st.none(),
    st.datetimes(timezones=st.just(UTC)),
)


class _Page(msgspec.Struct):
    items: Sequence[str] = ("a", "b")
    cursors: Sequence[tuple[object, ...]] = (("a", 1), ("b", 2))
    has_next_page: bool = True


@given(st.lists(PARTS, max_size=4))
def test_a_cursor_comes_back_with_the_same_types(parts: list[object]) -> None:
    back = decode_cursor(encode_cursor(tuple(parts)))
    assert back == tuple(parts)
    assert [type(part) for part in back or ()] == [type(part) for part in parts]


@given(st.text(max_size=60))
def test_what_no_cursor_made_is_bad_input_or_a_plain_tuple(text: str) -> None:
    try:
        assert isinstance(decode_cursor(text), tuple)
    except BadUserInput:
        return


@given(st.binary(max_size=60))
def test_bytes_that_no_cursor_made_are_bad_input_or_scalars(raw: bytes) -> None:
    try:
        parts = decode_cursor(base64.urlsafe_b64encode(raw).decode())
    except BadUserInput:
        return
    assert parts is not None
    assert all(isinstance(part, str | int | bool | datetime | None) for part in parts)


def test_an_object_in_a_cursor_is_bad_input() -> None:
    forged = base64.urlsafe_b64encode(msgspec.msgpack.encode([("s", {"$gt": ""})])).decode()
    with pytest.raises(BadUserInput):
        decode_cursor(forged)


def test_an_integer_that_no_store_holds_is_bad_input() -> None:
    """MessagePack goes up to 2**64 - 1, BSON to 2**63 - 1."""
    forged = base64.urlsafe_b64encode(msgspec.msgpack.encode([("i", 2**63)])).decode()
    with pytest.raises(BadUserInput):
        decode_cursor(forged)


def test_an_endless_cursor_is_bad_input() -> None:
    with pytest.raises(BadUserInput):
        decode_cursor("A" * 1_025)


def test_no_cursor_is_the_beginning() -> None:
    assert decode_cursor(None) is None


def test_a_time_elsewhere_is_the_same_moment() -> None:
    shanghai = datetime(2026, 11, 23, 16, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    assert decode_cursor(encode_cursor((shanghai,))) == (shanghai,)


@pytest.mark.parametrize("part", [datetime(2026, 11, 23), 2**63, 1.5, b"x"])
def test_what_a_cursor_cannot_hold_is_a_mistake_of_ours(part: object) -> None:
    with pytest.raises(TypeError):
        encode_cursor((part,))


def test_a_page_becomes_a_connection() -> None:
    connection = connection_of(_Page(), str.upper)
    assert [edge.node for edge in connection.edges] == connection.nodes == ["A", "B"]
    assert decode_cursor(connection.page_info.end_cursor) == ("b", 2)
    assert decode_cursor(connection.page_info.start_cursor) == ("a", 1)
    assert connection.page_info.has_next_page
    assert not connection.page_info.has_previous_page
    assert connection_of(_Page(), str.upper, after="x").page_info.has_previous_page


def test_an_empty_page_has_no_cursors() -> None:
    info = connection_of(_Page((), (), has_next_page=False), str.upper).page_info
    assert (info.start_cursor, info.end_cursor, info.has_next_page) == (None, None, False)


def test_first_is_between_1_and_100() -> None:
    assert [checked_first(1), checked_first(100)] == [1, 100]
    with pytest.raises(BadUserInput):
        checked_first(0)
    with pytest.raises(QueryRefused):
        checked_first(101)


def test_a_rate_of_nothing_has_no_value() -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    assert rate_of(numerator=0, denominator=0, as_of=now)["value"] is None
    rate = rate_of(numerator=3, denominator=4, as_of=now, excluded={"dismissed": 2})
    assert rate["value"] == 0.75
    assert [(e.reason, e.count) for e in rate["excluded"]] == [("dismissed", 2)]
