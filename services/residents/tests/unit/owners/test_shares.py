"""Shares are exact, however they are written."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from residents.domain.owners.errors import OwnerShareInvalid, OwnerSharesDoNotAddUp
from residents.domain.owners.share_reading import share_of
from residents.domain.owners.shares import LARGEST_DENOMINATOR, WHOLE, Share, settled_shares

shares = st.builds(
    lambda denominator, part: Share.of(1 + part % denominator, denominator),
    st.integers(1, LARGEST_DENOMINATOR),
    st.integers(0, LARGEST_DENOMINATOR),
)


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("1/2", Share(1, 2)),
        (" １／２ ", Share(1, 2)),
        ("2/4", Share(1, 2)),
        ("50%", Share(1, 2)),
        ("50％", Share(1, 2)),
        ("33.3%", Share(333, 1000)),
        ("0.5", Share(1, 2)),
        (0.5, Share(1, 2)),
        (0.1, Share(1, 10)),
        (1, WHOLE),
        (1.0, WHOLE),
        ("100%", WHOLE),
        ("全部", WHOLE),
        ("单独所有", WHOLE),
        ("二分之一", Share(1, 2)),
        ("百分之五十", Share(1, 2)),
        ("各占1/3", Share(1, 3)),
    ],
)
def test_a_share_is_read_exactly(written: str | float, share: Share) -> None:
    said = share_of(written)

    assert (said.share, said.is_joint) == (share, False)


@pytest.mark.parametrize("written", ["共同共有", "夫妻共同共有", " 共同 共有 "])
def test_joint_ownership_has_no_shares(written: str) -> None:
    said = share_of(written)

    assert (said.share, said.is_joint) == (None, True)


@pytest.mark.parametrize("written", [None, "", "  ", "-", "无", "/"])
def test_a_cell_may_say_no_share(written: str | None) -> None:
    said = share_of(written)

    assert (said.share, said.is_joint) == (None, False)


@pytest.mark.parametrize(
    "written",
    [
        "3/2",
        "120%",
        "1.5",
        1.5,
        0,
        "0",
        "0/3",
        "1/0",
        -0.5,
        "-1/2",
        "一半左右",
        "1/2/3",
        True,
        date(2026, 1, 2),  # what a spreadsheet makes of 1/2
        "1/9999999",
        float("nan"),
        float("inf"),
        1e-12,
    ],
)
def test_what_is_no_share_is_refused(written: object) -> None:
    with pytest.raises(OwnerShareInvalid):
        share_of(written)  # type: ignore[arg-type]


@given(shares)
def test_a_share_is_above_nothing_in_lowest_terms_and_read_back(share: Share) -> None:
    fraction = Fraction(share.numerator, share.denominator)

    assert 0 < fraction <= 1
    assert (fraction.numerator, fraction.denominator) == (share.numerator, share.denominator)
    assert share_of(f"{share.numerator}/{share.denominator}").share == share


@given(st.integers(), st.integers())
def test_a_share_is_made_only_of_what_is_one(numerator: int, denominator: int) -> None:
    is_one = 0 < numerator <= denominator
    try:
        share = Share.of(numerator, denominator)
    except OwnerShareInvalid:
        assert not is_one or Fraction(numerator, denominator).denominator > LARGEST_DENOMINATOR
    else:
        assert is_one
        assert share.fraction == Fraction(numerator, denominator)


@given(st.lists(st.integers(1, 500), min_size=2, max_size=50))
def test_shares_that_are_cut_from_the_whole_add_up(parts: list[int]) -> None:
    cut = [Share.of(part, sum(parts)) for part in parts]

    assert settled_shares(cut) == tuple(cut)
    with pytest.raises(OwnerSharesDoNotAddUp):
        settled_shares(cut[:-1])
    with pytest.raises(OwnerSharesDoNotAddUp):
        settled_shares([*cut, cut[0]])


@given(st.lists(shares, min_size=1, max_size=8))
def test_shares_stand_only_if_they_are_exactly_the_whole(given_shares: list[Share]) -> None:
    total = sum(Fraction(share.numerator, share.denominator) for share in given_shares)
    try:
        settled_shares(given_shares)
    except OwnerSharesDoNotAddUp:
        assert total != 1
    else:
        assert total == 1


def test_owners_have_no_shares_together_or_each_has_one() -> None:
    assert settled_shares([None, None]) == (None, None)
    assert settled_shares([None]) == (WHOLE,)
    with pytest.raises(OwnerSharesDoNotAddUp):
        settled_shares([Share.of(1, 2), None])
    with pytest.raises(OwnerSharesDoNotAddUp):
        settled_shares([WHOLE, None])
