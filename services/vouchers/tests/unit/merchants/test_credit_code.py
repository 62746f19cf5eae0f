"""A unified social credit code is checked by its eighteenth character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vouchers.domain.merchants.credit_code import check_character, checked_credit_code
from vouchers.domain.merchants.errors import CreditCodeInvalid

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODES = (
    "91350100M000100Y43",
    "9144030071526726XG",
    "91330100799655058B",
    "914403001922038216",
    "91110000802100433B",
)
bodies = st.tuples(
    st.text(SIGNS, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(SIGNS, min_size=9, max_size=9),
).map("".join)


@pytest.mark.parametrize("code", CODES)
def test_a_code_of_a_known_firm_is_right(code: str) -> None:
    assert checked_credit_code(code) == code


def test_however_it_was_typed_it_has_one_spelling() -> None:
    assert checked_credit_code(" 9144 0300 71526726xg ") == "9144030071526726XG"
    assert checked_credit_code("９１４４０３００７１５２６７２６ＸＧ") == "9144030071526726XG"


@given(bodies, st.integers(0, 17), st.sampled_from(SIGNS))
def test_one_sign_mistyped_is_always_found(body: str, place: int, sign: str) -> None:
    code = body + check_character(body)
    mistyped = code[:place] + sign + code[place + 1 :]

    assert checked_credit_code(code) == code
    if mistyped != code:
        with pytest.raises(CreditCodeInvalid):
            checked_credit_code(mistyped)


@pytest.mark.parametrize(
    "typed",
    ["", "91350100M000100Y4", "91350100M000100Y433", "91350100M000100I43", "91350100M000100Y4３３"],
    ids=["nothing", "too short", "too long", "a letter it never has", "too long in full width"],
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(CreditCodeInvalid):
        checked_credit_code(typed)
