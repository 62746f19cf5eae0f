"""What a client may send as a SafeInt, in a document and as a variable."""

from typing import Any

import pytest
import strawberry
from chassis.scalars import CONFIG, SafeInt
from hypothesis import given
from hypothesis import strategies as st

LARGEST = 2**53 - 1


@strawberry.type
class Query:
    @strawberry.field
    def echo(self, amount: SafeInt) -> SafeInt:
        return amount


SCHEMA = strawberry.Schema(Query, config=CONFIG)


def _echoed(amount: object) -> tuple[Any, bool]:
    """Returns: what a variable came back as, and whether it was refused."""
    query = "query Q($amount: SafeInt!) { echo(amount: $amount) }"
    answer = SCHEMA.execute_sync(query, variable_values={"amount": amount})
    return answer.data, bool(answer.errors)


def _echoed_literal(literal: str) -> tuple[Any, bool]:
    answer = SCHEMA.execute_sync(f"{{ echo(amount: {literal}) }}")
    return answer.data, bool(answer.errors)


@given(st.integers(-LARGEST, LARGEST))
def test_whole_numbers_of_53_bits_come_back_as_they_went(amount: int) -> None:
    assert _echoed(amount) == ({"echo": amount}, False)
    assert _echoed_literal(str(amount)) == ({"echo": amount}, False)


@given(st.integers(LARGEST + 1) | st.integers(max_value=-LARGEST - 1))
def test_larger_ones_are_refused(amount: int) -> None:
    assert _echoed(amount) == (None, True)
    assert _echoed_literal(str(amount)) == (None, True)


@pytest.mark.parametrize("given", [2.7, 2.0, "12", "", True, [1], {"a": 1}, float("inf")])
def test_what_is_no_whole_number_is_refused_and_never_rounded(given: object) -> None:
    assert _echoed(given) == (None, True)


@pytest.mark.parametrize("literal", ["2.7", '"12"', "true", "A", "[1, 2]", "1" * 5_000])
def test_the_same_in_a_document(literal: str) -> None:
    assert _echoed_literal(literal) == (None, True)
