"""A birth date is the same day in every form; what is no day is refused."""

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from residents.domain.ledger.birth_dates import birth_date_of
from residents.domain.ledger.cells import Cell
from residents.domain.ledger.faults import RowRefused

from .writing_styles import DATE_STYLES

TODAY = date(2026, 11, 26)


@settings(deadline=None)
@given(
    day=st.dates(min_value=date(1900, 3, 1), max_value=TODAY),
    style=st.sampled_from(sorted(DATE_STYLES)),
)
def test_every_form_is_read(day: date, style: str) -> None:
    assert birth_date_of(DATE_STYLES[style](day), latest=TODAY) == day


@pytest.mark.parametrize("written", ["1960年5月1日生", "1960-5-1出生", "1960年05月01号"])
def test_words_behind_a_birth_date_are_no_part_of_it(written: str) -> None:
    assert birth_date_of(written, latest=TODAY) == date(1960, 5, 1)


@pytest.mark.parametrize("written", [None, "", " ", "无", "不详", "/", "—"])
def test_no_birth_date_is_none(written: Cell) -> None:
    assert birth_date_of(written, latest=TODAY) is None


@pytest.mark.parametrize(
    "written",
    [
        *(
            "1956.13.20",
            "1961年2月30日",
            "1959年03月",
            "1959.3",
            "59.3.22",
            "195903",
            "1959",
            "60多岁",
        ),
        *("19590229", 19591301, "2026-11-27", "1899-12-31", date(2027, 1, 1), time(8), True, -5),
        *(float("nan"), 1e300, 200_000, "1959-03-22-1", "#VALUE!", "九十岁", "15903"),
    ],
)
def test_what_is_no_day_is_refused(written: Cell) -> None:
    with pytest.raises(RowRefused) as refused:
        birth_date_of(written, latest=TODAY)

    assert refused.value.fault == "BIRTH_DATE_INVALID"
    assert str(written) not in refused.value.reason
