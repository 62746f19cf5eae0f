"""What an operator is shown of a document: every field, and whether it can be read."""

from datetime import UTC, datetime

import pytest
from residents.command_line.showing import Line, fields_of


def test_every_value_is_shown_by_its_path() -> None:
    document = {"_id": "a", "home": {"since": None, "tags": ["x", {"y": 1}]}, "history": []}

    assert dict(fields_of(document)) == {
        "_id": "a",
        "home.since": None,
        "home.tags.0": "x",
        "home.tags.1.y": 1,
        "history": [],
    }


@pytest.mark.parametrize(
    ("value", "raw", "legibility", "text"),
    [
        (b"\x01\x02", b"\x01\x02", "locked", ""),
        ("0123456789abcdef01234567", b"0123456789abcdef01234567", "hash", ""),
        ("VERIFIED", b"VERIFIED", "clear", "VERIFIED"),
        ("f" * 41, b"f" * 41, "clear", "f" * 40 + "…"),
        (1, b"\x01" + bytes(7), "clear", "1"),
        (True, b"\x01", "clear", "True"),
        (None, b"", "clear", "None"),
        (datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC), b"\xe8\x03" + bytes(6), "clear", None),
    ],
)
def test_a_value_is_shown_as_bytes_and_said_to_be_readable_or_not(
    value: object, raw: bytes, legibility: str, text: str | None
) -> None:
    line = Line.of("field", value)

    assert (line.raw, line.legibility) == (raw, legibility)
    assert text is None or line.text == text
    assert str(line).startswith("field ")
    assert raw.hex()[:32] in str(line)
