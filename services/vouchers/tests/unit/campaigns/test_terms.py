"""What a campaign may promise: never more than its budget, and in times that can be."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from vouchers.domain.campaigns.errors import (
    BudgetInvalid,
    BudgetTooSmall,
    CampaignTitleInvalid,
    CapInvalid,
    DailyStockInvalid,
    FaceValueInvalid,
    FunderInvalid,
    MinimumSpendInvalid,
    StockInvalid,
    TooManyPlaces,
    WindowInvalid,
    WindowOver,
)
from vouchers.domain.campaigns.release import claimable_from
from vouchers.domain.campaigns.terms import (
    HIGHEST_BUDGET_FEN,
    HIGHEST_FACE_VALUE_FEN,
    MOST_VOUCHERS,
    Funder,
    FunderKind,
    check_money,
    checked_terms,
)
from vouchers.domain.errors import VouchersError

from ...neighbourhood import terms_of

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@given(
    face_fen=st.integers(1, HIGHEST_FACE_VALUE_FEN),
    stock=st.integers(1, MOST_VOUCHERS),
    spare_fen=st.integers(-1_000_000, 1_000_000),
)
def test_a_budget_holds_every_voucher_or_is_refused(
    face_fen: int, stock: int, spare_fen: int
) -> None:
    budget_fen = min(max(face_fen * stock + spare_fen, 1), HIGHEST_BUDGET_FEN)
    terms = terms_of(AT, face_value_fen=face_fen, stock=stock, budget_fen=budget_fen)

    if face_fen * stock <= budget_fen:
        check_money(terms)
    else:
        with pytest.raises(BudgetTooSmall):
            check_money(terms)


@given(
    face_fen=st.integers(-10, HIGHEST_FACE_VALUE_FEN + 10),
    stock=st.integers(-10, MOST_VOUCHERS + 10),
    budget_fen=st.integers(-10, HIGHEST_BUDGET_FEN + 10),
)
def test_whatever_is_let_through_is_within_every_bound(
    face_fen: int, stock: int, budget_fen: int
) -> None:
    terms = terms_of(AT, face_value_fen=face_fen, stock=stock, budget_fen=budget_fen)
    try:
        check_money(terms)
    except VouchersError:
        return

    assert 0 < terms.most_spent_fen <= budget_fen <= HIGHEST_BUDGET_FEN
    assert face_fen <= HIGHEST_FACE_VALUE_FEN
    assert stock <= MOST_VOUCHERS


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"face_value_fen": 0}, FaceValueInvalid),
        ({"face_value_fen": 100_001}, FaceValueInvalid),
        ({"minimum_spend_fen": -1}, MinimumSpendInvalid),
        ({"minimum_spend_fen": 1_000_001}, MinimumSpendInvalid),
        ({"stock": 0}, StockInvalid),
        ({"stock": 200_001}, StockInvalid),
        ({"daily_stock": 0}, DailyStockInvalid),
        ({"daily_stock": 21}, DailyStockInvalid),
        ({"daily_stock": 1}, DailyStockInvalid),
        ({"daily_stock": 2}, DailyStockInvalid),
        ({"budget_fen": 0}, BudgetInvalid),
        ({"budget_fen": HIGHEST_BUDGET_FEN + 1}, BudgetInvalid),
        ({"budget_fen": 39_999}, BudgetTooSmall),
        ({"per_person": 0}, CapInvalid),
        ({"per_person": 21, "per_household": 30}, CapInvalid),
        ({"per_person": 3}, CapInvalid),
        ({"per_household": 101}, CapInvalid),
        ({"title": " "}, CampaignTitleInvalid),
        ({"title": "红" * 41}, CampaignTitleInvalid),
        ({"funder": Funder(FunderKind.COMPANY, "")}, FunderInvalid),
        ({"funder": Funder(FunderKind.COMPANY, "甲" * 61)}, FunderInvalid),
        ({"estate_ids": tuple(f"estate_{n}" for n in range(101))}, TooManyPlaces),
        ({"merchant_ids": tuple(f"merchant_{n}" for n in range(201))}, TooManyPlaces),
        ({"merchant_ids": ("",)}, TooManyPlaces),
        ({"claim_until": AT}, WindowInvalid),
        ({"use_until": AT + timedelta(days=6)}, WindowInvalid),
        ({"use_until": AT + timedelta(days=3 * 366 + 1)}, WindowInvalid),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_cannot_be_is_refused_by_its_name(
    changed: dict[str, Any], error: type[VouchersError]
) -> None:
    with pytest.raises(error):
        checked_terms(terms_of(AT, **changed), AT)


def test_nobody_promises_what_could_be_claimed_only_in_the_past() -> None:
    terms = terms_of(AT - timedelta(days=7))

    with pytest.raises(WindowOver):
        checked_terms(terms, AT)
    assert checked_terms(terms, AT - timedelta(milliseconds=1)) == terms


@given(stock=st.integers(1, 500), daily_stock=st.integers(1, 500), days=st.integers(1, 40))
def test_whatever_is_let_out_can_be_claimed(stock: int, daily_stock: int, days: int) -> None:
    terms = terms_of(
        AT,
        face_value_fen=1,
        stock=stock,
        daily_stock=daily_stock,
        claim_until=AT + timedelta(days=days),
        use_until=AT + timedelta(days=50),
    )
    try:
        checked_terms(terms, AT)
    except DailyStockInvalid:
        assert daily_stock > stock or stock > daily_stock * days
        return

    released = [
        claimable_from(slot, begins_at=AT, daily_stock=daily_stock) for slot in range(stock)
    ]
    assert max(released) < terms.claim_until


def test_what_was_typed_is_tidied() -> None:
    typed = terms_of(
        AT,
        title="  邻里红包 ",
        funder=Funder(FunderKind.COMPANY, " 自来水公司 "),
        estate_ids=("estate_2", "estate_1", "estate_2"),
    )

    checked = checked_terms(typed, AT)

    assert (checked.title, checked.funder.name) == ("邻里红包", "自来水公司")
    assert checked.estate_ids == ("estate_1", "estate_2")
    assert msgspec.structs.replace(checked, title="x") == checked_terms(
        msgspec.structs.replace(checked, title="x"), AT
    )
