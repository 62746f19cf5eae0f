"""A record of Kafka becomes an event, or nothing."""

from datetime import UTC, datetime

import pytest
from story.page.told import told_of

from .cast import COMMENT, COMMUNITY, INTAKE

HEADERS = {
    "ce_id": "event_1",
    "ce_type": "intake.accepted.v1",
    "ce_source": "/issues",
    "ce_subject": INTAKE,
    "ce_sequence": "2",
    "ce_communityid": COMMUNITY,
    "ce_time": "2026-11-23T01:30:00.123Z",
    "traceparent": f"00-{'a' * 32}-{'b' * 16}-01",
}


def read(value: bytes | None, **changed: str | None) -> object:
    headers = {name: text for name, text in {**HEADERS, **changed}.items() if text is not None}
    encoded = [(name, text.encode()) for name, text in headers.items()]
    return told_of("linli.issues.events", 1, 7, encoded, value)


def test_an_event_is_read_with_its_trace_and_the_ids_that_it_names() -> None:
    told = told_of(
        "linli.issues.events",
        1,
        7,
        [(name, text.encode()) for name, text in HEADERS.items()],
        f'{{"community_id": "{COMMUNITY}", "of": ["{COMMENT}", 1, null, "话"]}}'.encode(),
    )

    assert told is not None
    assert (told.service, told.sequence, told.offset) == ("issues", 2, 7)
    assert told.time == datetime(2026, 11, 23, 1, 30, 0, 123_000, tzinfo=UTC)
    assert (told.trace_id, told.span_id) == ("a" * 32, "b" * 16)
    assert told.ids == {INTAKE, COMMENT}


@pytest.mark.parametrize(
    ("value", "changed"),
    [
        (None, {}),
        (b"[1]", {}),
        (b"{", {}),
        (b"{}", {"ce_id": None}),
        (b"{}", {"ce_sequence": "two"}),
        (b"{}", {"ce_time": "yesterday"}),
    ],
)
def test_what_is_no_event_is_passed_over(
    value: bytes | None, changed: dict[str, str | None]
) -> None:
    assert read(value, **changed) is None


@pytest.mark.parametrize("traceparent", [None, "", "00-1-2-01"])
def test_an_event_may_be_of_no_trace(traceparent: str | None) -> None:
    told = read(b"{}", traceparent=traceparent)

    assert told is not None
    assert getattr(told, "trace_id") is None  # noqa: B009
