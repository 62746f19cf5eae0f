"""What a client may send as a SafeInt, in a document and as a variable."""

from typing import Any

import pytest
import strawberry
from chassis.graphql_masking import masked
from chassis.scalars import CONFIG, SafeInt
from hypothesis import given
from hypothesis import strategies as st
from strawberry.types import ExecutionResult

LARGEST = 2**53 - 1


@strawberry.type
class Query:
    @strawberry.field
    def echo(self, amount: SafeInt) -> SafeInt:
        return amount


SCHEMA = strawberry.Schema(Query, config=CONFIG)


REFUSED = (None, "BAD_USER_INPUT")


def _echoed(amount: object) -> tuple[Any, str | None]:
    """Returns: what a variable came back as, and the code that a client is refused with."""
    query = "query Q($amount: SafeInt!) { echo(amount: $amount) }"
    answer = SCHEMA.execute_sync(query, variable_values={"amount": amount})
    return answer.data, _code_of(answer)


def _echoed_literal(literal: str) -> tuple[Any, str | None]:
    answer = SCHEMA.execute_sync(f"{{ echo(amount: {literal}) }}")
    return answer.data, _code_of(answer)


def _code_of(answer: ExecutionResult) -> str | None:
    codes = {masked(error).extensions["code"] for error in answer.errors or ()}  # type: ignore[index]
    return codes.pop() if codes else None


@given(st.integers(-LARGEST, LARGEST))
def test_whole_numbers_of_53_bits_come_back_as_they_went(amount: int) -> None:
    assert _echoed(amount) == ({"echo": amount}, None)
    assert _echoed_literal(str(amount)) == ({"echo": amount}, None)


@given(st.integers(LARGEST + 1) | st.integers(max_value=-LARGEST - 1))
def test_larger_ones_are_refused(amount: int) -> None:
    assert _echoed(amount) == REFUSED
    assert _echoed_literal(str(amount)) == REFUSED


@pytest.mark.parametrize("given", [2.7, 2.0, "12", "", True, [1], {"a": 1}, float("inf")])
def test_what_is_no_whole_number_is_refused_and_never_rounded(given: object) -> None:
    assert _echoed(given) == REFUSED


@pytest.mark.parametrize("literal", ["2.7", '"12"', "true", "A", "[1, 2]", "1" * 5_000])
def test_the_same_in_a_document(literal: str) -> None:
    assert _echoed_literal(literal) == REFUSED
