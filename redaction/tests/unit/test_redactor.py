"""Nothing that points at a person or a door leaves the service as typed."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redaction.redactor import DOOR, IDENTITY, NUMBER, PHONE, redact, reveals

FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")
# Of the whole product: whatever refuses or takes out such numbers passes these.
VECTORS = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "redaction_vectors.json").read_text()
)
PLACEHOLDER = re.compile("|".join(map(re.escape, (DOOR, IDENTITY, NUMBER, PHONE))))

mobiles = st.builds(
    lambda second, rest: f"1{second}{rest:09d}", st.integers(3, 9), st.integers(0, 999_999_999)
)
identities = st.builds(
    lambda number, check: f"{number:017d}{check}",
    st.integers(10**16, 10**17 - 1),
    st.sampled_from("0123456789Xx"),
)
buildings, units = st.integers(1, 40), st.integers(1, 9)
rooms = st.builds(lambda floor, door: f"{floor}{door:02d}", st.integers(1, 33), st.integers(1, 9))
doors = st.one_of(
    st.builds("{}-{}-{}".format, buildings, units, rooms),
    st.builds("{}号楼{}单元{}".format, buildings, units, rooms),
    st.builds("{}号楼{}单元{}室".format, buildings, units, rooms),
    st.builds("{}栋{}单元{}".format, buildings, units, rooms),
    st.builds("{}#{}-{}".format, buildings, units, rooms),
    st.builds("{}/{}/{}".format, buildings, units, rooms),
    st.builds("{}单元{}".format, units, rooms),
    st.builds("{}号楼{}".format, buildings, rooms),
)
widths = st.sampled_from([str, lambda text: text.translate(FULL_WIDTH)])
# What people write around it, without a digit that could run into the number.
NUMBERLIKE = "一二三四五六七八九十百零〇○两幺-－#/+.xX"
around = st.text(
    st.characters(blacklist_categories=["Nd", "Nl", "No"], blacklist_characters=NUMBERLIKE),
    max_size=12,
)


@given(before=around, number=mobiles, after=around, width=widths)
def test_a_mobile_number_is_taken_out(before: str, number: str, after: str, width: type) -> None:
    redacted = redact(f"{before}{width(number)}{after}")

    assert PHONE in redacted
    assert number not in redacted
    assert width(number) not in redacted


@given(number=mobiles, gap=st.sampled_from([" ", "-", "－", "  ", ".", "\u200b", " - "]))
def test_gaps_do_not_hide_a_mobile_number(number: str, gap: str) -> None:
    typed = f"{number[:3]}{gap}{number[3:7]}{gap}{number[7:]}"

    assert redact(f"打{typed}找我") == f"打{PHONE}找我"


@given(number=identities, width=widths)
def test_an_identity_number_is_taken_out(number: str, width: type) -> None:
    assert redact(f"身份证{width(number)}的") == f"身份证{IDENTITY}的"


@given(before=around, door=doors, after=around, width=widths)
def test_a_door_is_taken_out(before: str, door: str, after: str, width: type) -> None:
    redacted = redact(f"{before} {width(door)} {after}")

    assert DOOR in redacted
    assert width(door) not in redacted


@given(text=st.text(max_size=200))
def test_redacting_what_is_redacted_changes_nothing(text: str) -> None:
    redacted = redact(text)

    assert redact(redacted) == redacted


@given(text=st.text(st.sampled_from("0123456789０１２ -－.#/一号楼单元室"), max_size=60))
def test_no_long_run_of_digits_is_left(text: str) -> None:
    assert not re.search(r"\d{11,}", redact(text))
    assert redact(redact(text)) == redact(text)


@given(text=around)
def test_what_holds_no_number_is_left_as_it_is(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    ("typed", "redacted"),
    [(it["text"], it["redacted"]) for kind in VECTORS.values() for it in kind],
)
def test_as_people_write(typed: str, redacted: str) -> None:
    assert redact(typed) == redacted


def test_a_long_text_takes_no_long_time() -> None:
    hostile = "1一" * 5_000 + "3-2-" * 5_000 + "号楼单元" * 2_000 + "1 " * 10_000

    assert len(redact(hostile)) <= len(hostile)


@given(text=st.text(st.sampled_from("0123456789０１２ -－.#/一号楼单元室"), max_size=60))
def test_a_text_reveals_what_would_be_taken_out_of_it(text: str) -> None:
    assert reveals(text) == (redact(text) != text)
    assert not reveals(redact(text))
