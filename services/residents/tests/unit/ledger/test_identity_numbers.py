"""An identity number is right to its check digit, or refused."""

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from residents.domain.ledger.cells import Cell
from residents.domain.ledger.faults import RowRefused
from residents.domain.ledger.identity_numbers import (
    birth_date_in,
    check_digit,
    identity_number_of,
    is_mans,
)

from .writing_styles import full_width

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 1, 1))


def number_of(day: date, sequence: int) -> str:
    """Of a region that does not exist."""
    first = f"999999{day:%Y%m%d}{sequence:03}"
    return first + check_digit(first)


NUMBERS = st.builds(number_of, DAYS, st.integers(0, 999))


def test_the_check_digit_is_the_standards() -> None:
    """The two examples of GB 11643-1999."""
    assert check_digit("11010519491231002") == "X"
    assert check_digit("44052418800101001") == "4"


@settings(deadline=None)
@given(number=NUMBERS)
def test_every_way_to_write_it_is_read(number: str) -> None:
    spaced = f" {number[:6]} {number[6:14]} {number[14:]}\u3000"
    for written in (number, number.lower(), full_width(number), spaced, f"'{number}"):
        assert identity_number_of(written) == number


@settings(deadline=None)
@given(number=NUMBERS, at=st.integers(0, 17), digit=st.sampled_from("0123456789"))
def test_one_wrong_digit_is_noticed(number: str, at: int, digit: str) -> None:
    assume(number[at] != digit)

    with pytest.raises(RowRefused) as refused:
        identity_number_of(number[:at] + digit + number[at + 1 :])

    assert refused.value.fault == "IDENTITY_NUMBER_INVALID"


@settings(deadline=None)
@given(day=DAYS, sequence=st.integers(0, 999))
def test_it_tells_birth_date_and_gender(day: date, sequence: int) -> None:
    number = number_of(day, sequence)

    assert birth_date_in(number) == day
    assert is_mans(number) == (sequence % 2 == 1)


@settings(deadline=None)
@given(
    day=st.dates(min_value=date(1900, 1, 1), max_value=date(1999, 12, 31)),
    sequence=st.integers(0, 999),
)
def test_a_number_of_before_1999_becomes_its_own_of_today(day: date, sequence: int) -> None:
    number = number_of(day, sequence)
    before = number[:6] + number[8:17]

    assert identity_number_of(before) == identity_number_of(int(before)) == number


@pytest.mark.parametrize("written", [None, "", "无", "/", "—", "没有"])
def test_no_number_is_none(written: Cell) -> None:
    assert identity_number_of(written) is None


@pytest.mark.parametrize(
    "written",
    [
        *(
            "99999919740510208",
            "9999991974051020811",
            "999999197402302086",
            "abc",
            "H12345678",
            "#N/A",
        ),
        *(999999197405102081, 9.99999197405102e17, 1.5, True, float("nan"), "999999********2081"),
    ],
)
def test_what_is_no_number_is_refused(written: Cell) -> None:
    """A number of 18 digits in a number cell has lost its last three."""
    with pytest.raises(RowRefused) as refused:
        identity_number_of(written)

    assert refused.value.fault == "IDENTITY_NUMBER_INVALID"
    assert str(written) not in refused.value.reason
