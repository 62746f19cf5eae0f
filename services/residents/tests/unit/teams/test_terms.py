"""Terms are spans of days, both ends included."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from residents.domain.teams.errors import TermEndsBeforeItBegins
from residents.domain.teams.terms import FIRST_DAY, LAST_DAY, Term

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


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date.min, None),
        (date(1899, 12, 31), date(2026, 3, 1)),
        (date(2026, 3, 1), date(2201, 1, 1)),
        (date(2026, 3, 1), date.max),
        (date.max, None),
    ],
)
def test_a_term_beyond_every_life_is_refused(first: date, last: date | None) -> None:
    with pytest.raises(TermEndsBeforeItBegins):
        Term.of(first, last)


@pytest.mark.parametrize("day", [date.min, date.max, LAST_DAY + timedelta(days=1)])
def test_no_term_is_made_to_end_on_such_a_day(day: date) -> None:
    term = Term.of(date(2026, 3, 1), None)

    assert not term.includes(day)
    with pytest.raises(TermEndsBeforeItBegins):
        term.ending(day)


@pytest.mark.parametrize("day", [FIRST_DAY, LAST_DAY])
def test_the_first_and_the_last_day_are_taken(day: date) -> None:
    assert Term.of(day, day).includes(day)
