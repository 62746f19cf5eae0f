"""An area is exact to the square centimetre in every style."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from residents.domain.ledger.areas import area_cm2_of
from residents.domain.ledger.cells import Cell
from residents.domain.ledger.faults import RowRefused

from .writing_styles import AREA_STYLES


@settings(deadline=None)
@given(hundredths=st.integers(1, 9_999_999), style=st.sampled_from(sorted(AREA_STYLES)))
def test_every_style_is_exact(hundredths: int, style: str) -> None:
    area = Decimal(hundredths) / 100

    assert area_cm2_of(AREA_STYLES[style](area)) == hundredths * 100


@pytest.mark.parametrize(
    ("written", "area_cm2"),
    [
        (83.05, 830_500),
        (0.1 + 0.2, 3_000),
        (96, 960_000),
        ("1,234.5平方米", 12_345_000),
        ("45.67891", 456_789),
        ("45.67895", 456_790),
        (".5", 5_000),
    ],
)
def test_no_float_error_is_kept(written: Cell, area_cm2: int) -> None:
    assert area_cm2_of(written) == area_cm2


@pytest.mark.parametrize("written", [None, "", " ", "无", "/", "不详", 0])
def test_no_area_is_none(written: Cell) -> None:
    assert area_cm2_of(written) is None


@pytest.mark.parametrize(
    "written",
    ["-5", -5.0, "八十", "80x", "80-90", float("nan"), float("inf"), True, 1e9, "#DIV/0!"],
)
def test_what_is_no_area_is_refused(written: Cell) -> None:
    with pytest.raises(RowRefused) as refused:
        area_cm2_of(written)

    assert refused.value.fault == "AREA_INVALID"
