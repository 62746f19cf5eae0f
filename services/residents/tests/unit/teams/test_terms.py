"""Terms are spans of days, both ends included."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from residents.domain.teams.errors import TermEndsBeforeItBegins
from residents.domain.teams.terms import Term

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2000, 2, 9))


@st.composite
def terms(draw: st.DrawFn) -> Term:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return Term.of(first, draw(st.sampled_from([last, None])))


@given(terms(), DAYS, terms())
def test_two_terms_overlap_when_they_have_a_day_in_common(one: Term, day: date, two: Term) -> None:
    if one.includes(day) and two.includes(day):
        assert one.overlaps(two)
    common = [
        date(2000, 1, 1) + timedelta(days=n)
        for n in range(60)
        if one.includes(date(2000, 1, 1) + timedelta(days=n))
        and two.includes(date(2000, 1, 1) + timedelta(days=n))
    ]
    assert one.overlaps(two) == two.overlaps(one) == bool(common)


@given(terms(), terms())
def test_a_term_contains_another_when_it_has_all_its_days(one: Term, two: Term) -> None:
    span = [date(2000, 1, 1) + timedelta(days=n) for n in range(60)]
    has_all = all(one.includes(day) for day in span if two.includes(day))
    ends = one.until_day is None or two.until_day is not None

    assert one.contains(two) == (has_all and ends)


@given(terms(), DAYS)
def test_a_term_called_off_has_no_day(term: Term, day: date) -> None:
    empty = term.called_off()

    assert empty.is_empty
    assert not empty.includes(day)
    assert not empty.overlaps(term)
    assert not term.overlaps(empty)


def test_a_term_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(TermEndsBeforeItBegins):
        Term.of(date(2026, 3, 2), date(2026, 3, 1))
