"""Codes: twenty digits of no person, good for this half minute and the one after."""

from datetime import UTC, datetime, timedelta

import pytest
from chassis.ids import derived_id
from hypothesis import given
from hypothesis import strategies as st
from vouchers.domain.campaigns.release import claimable_from
from vouchers.domain.cards.codes import (
    STEP_SECONDS,
    code_at,
    lookup_number,
    read_code,
    step_at,
    step_of,
)

from ...neighbourhood import CODE_HASH

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
VOUCHER, OTHER = derived_id("voucher", "1"), derived_id("voucher", "2")
NUMBER = lookup_number(CODE_HASH, VOUCHER)


@given(shown_after=st.integers(0, 100_000), scanned_after=st.integers(-100, 200))
def test_a_code_is_taken_in_its_own_step_and_the_next_alone(
    shown_after: int, scanned_after: int
) -> None:
    shown_at = AT + timedelta(seconds=shown_after)
    scanned_at = shown_at + timedelta(seconds=scanned_after)
    read = read_code(code_at(CODE_HASH, VOUCHER, NUMBER, shown_at).code)
    assert read is not None

    step = step_of(CODE_HASH, VOUCHER, read, scanned_at)

    is_good = step_at(shown_at) in {step_at(scanned_at), step_at(scanned_at) - 1}
    assert step == (step_at(shown_at) if is_good else None)


def test_a_code_is_of_one_voucher() -> None:
    read = read_code(code_at(CODE_HASH, VOUCHER, NUMBER, AT).code)
    assert read is not None

    assert step_of(CODE_HASH, OTHER, read, AT) is None


def test_a_code_says_until_when_it_is_shown_and_changes_then() -> None:
    shown = code_at(CODE_HASH, VOUCHER, NUMBER, AT + timedelta(seconds=7))

    assert shown.valid_until == AT + timedelta(seconds=STEP_SECONDS)
    assert code_at(CODE_HASH, VOUCHER, NUMBER, shown.valid_until).code != shown.code
    assert (len(shown.code), shown.code.isdecimal()) == (20, True)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_code_or_is_not(typed: str) -> None:
    read = read_code(typed)

    assert read is None or (read.lookup_number + read.proof) == typed.replace(" ", "")


@pytest.mark.parametrize("typed", ["1" * 19, "1" * 21, "1" * 19 + "x", "²" * 20, "١" * 20])
def test_what_is_not_twenty_digits_is_no_code(typed: str) -> None:
    assert read_code(typed) is None


def test_a_cashier_may_type_spaces() -> None:
    assert read_code("1234 5678 9012 3456 7890") == read_code("12345678901234567890")


@pytest.mark.parametrize(
    ("slot", "daily_stock", "released"),
    [
        (0, None, "2026-11-23T08:00:00+00:00"),
        (99, None, "2026-11-23T08:00:00+00:00"),
        (9, 10, "2026-11-23T08:00:00+00:00"),
        (10, 10, "2026-11-23T16:00:00+00:00"),
        (29, 10, "2026-11-24T16:00:00+00:00"),
    ],
)
def test_a_days_tranche_is_let_out_at_midnight_in_china(
    slot: int, daily_stock: int | None, released: str
) -> None:
    found = claimable_from(slot, begins_at=AT, daily_stock=daily_stock)

    assert found == datetime.fromisoformat(released)
