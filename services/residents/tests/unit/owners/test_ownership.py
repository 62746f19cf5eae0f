"""Who owns a dwelling, who owned it on a day, and what an import may add."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from residents.domain.owners.errors import (
    OwnerRepeated,
    OwnershipBeforePresent,
    OwnershipHistoryFull,
    OwnershipInFuture,
    OwnershipKnown,
    OwnershipUnknown,
    OwnersMissing,
    OwnersTooMany,
)
from residents.domain.owners.events import OwnerShare
from residents.domain.owners.ownership import Ownership, OwnershipList
from residents.domain.owners.periods import (
    MOST_PERIODS,
    Holding,
    Period,
    Periods,
    Stake,
    on_day,
    succeeded,
)
from residents.domain.owners.shares import WHOLE, Share

from .estate_office import AT, TODAY, holding, mark, owner, ownership, period

HALF = Share(1, 2)
WANG = holding(王=WHOLE)
COUPLE = holding(李=None, 赵=None)
HALVES = holding(李=HALF, 赵=HALF)
IN_2010, IN_2020, IN_2024 = date(2010, 5, 1), date(2020, 5, 1), date(2024, 5, 1)


def recorded(*periods: Period) -> Ownership:
    """By hand, one after the other, in edition 0."""
    kept = ownership()
    for number, each in enumerate(periods):
        act = kept.transfer if number else kept.record
        kept, _ = act(each, {}, edition=0, today=TODAY)
    return kept


def test_what_is_recorded_is_told() -> None:
    people = {owner("李"): "person_li"}

    kept, (event,) = ownership().record(period(IN_2010, HALVES), people, edition=0, today=TODAY)

    assert kept.present(0) == period(IN_2010, HALVES)
    assert kept.lists == (OwnershipList.KNOWN, OwnershipList.CO_OWNED)
    assert kept.owners_mark == mark(sorted([owner("李"), owner("赵")]))
    assert {(o.owner_id, o.person_key) for o in event.owners} == {
        (owner("李"), "person_li"),
        (owner("赵"), None),
    }
    assert {(o.share_numerator, o.share_denominator) for o in event.owners} == {(1, 2)}
    assert (event.household_id, event.valid_from) == (kept.dwelling.household_id, IN_2010)


def test_who_an_owner_is_may_be_learnt_later() -> None:
    kept = recorded(period(IN_2010, WANG))

    known, (event,) = kept.with_resident(owner("王"), "person_wang", AT)

    assert event.owners == (OwnerShare(owner("王"), "person_wang", 1, 1),)
    assert known.with_resident(owner("王"), "person_wang", AT) == (known, ())
    assert known.with_resident(owner("李"), "person_li", AT) == (known, ())
    again, (event,) = known.with_resident(owner("王"), None, AT)
    assert (again, event.owners[0].person_key) == (kept, None)


def test_joint_owners_are_told_without_shares() -> None:
    _, (event,) = ownership().record(period(IN_2010, COUPLE), {}, edition=0, today=TODAY)

    assert event.owners == tuple(
        OwnerShare(owner_id, None, None, None) for owner_id in COUPLE.owner_ids
    )


def test_a_transfer_ends_what_was_and_keeps_it() -> None:
    kept = recorded(period(IN_2010, WANG), period(IN_2020, COUPLE))

    assert kept.on(IN_2020 - timedelta(days=1), 0) == period(IN_2010, WANG)
    assert kept.on(IN_2020, 0) == period(IN_2020, COUPLE)
    assert kept.on(IN_2010 - timedelta(days=1), 0) is None
    assert kept.owner_ids == COUPLE.owner_ids
    assert set(kept.all_owner_ids) == {*WANG.owner_ids, *COUPLE.owner_ids}


@pytest.mark.parametrize(
    ("act", "new", "error"),
    [
        ("record", period(IN_2024, COUPLE), OwnershipKnown),
        ("transfer", period(IN_2010, COUPLE), OwnershipBeforePresent),
        ("transfer", period(TODAY + timedelta(days=1), COUPLE), OwnershipInFuture),
    ],
)
def test_what_cannot_be_is_refused(act: str, new: Period, error: type[Exception]) -> None:
    kept = recorded(period(IN_2020, WANG))

    with pytest.raises(error):
        getattr(kept, act)(new, {}, edition=0, today=TODAY)


def test_what_is_unknown_cannot_be_transferred() -> None:
    with pytest.raises(OwnershipUnknown):
        ownership().transfer(period(IN_2020, WANG), {}, edition=0, today=TODAY)


def test_the_same_again_changes_nothing() -> None:
    kept = recorded(period(IN_2020, WANG))

    assert kept.transfer(period(IN_2024, WANG), {}, edition=0, today=TODAY) == (kept, ())


def test_the_same_day_corrects_and_loses_nothing() -> None:
    kept = recorded(period(IN_2010, WANG), period(IN_2020, COUPLE), period(IN_2020, HALVES))

    assert [each.holding for each in kept.history(0)] == [WANG, HALVES]
    assert [each.holding for each in kept.periods] == [WANG, COUPLE, HALVES]
    assert kept.periods[1].corrected_at == AT


def test_a_day_of_registration_is_learnt_later() -> None:
    kept = recorded(period(IN_2024, WANG, known=False), period(IN_2010, WANG))

    assert kept.present(0) == period(IN_2010, WANG)
    assert kept.on(IN_2020, 0) == period(IN_2010, WANG)


def test_a_learnt_day_cannot_lie_before_the_owners_before() -> None:
    kept = recorded(period(IN_2020, COUPLE), period(IN_2024, WANG, known=False))

    with pytest.raises(OwnershipBeforePresent):
        kept.transfer(period(IN_2010, WANG), {}, edition=0, today=TODAY)


def test_a_history_is_refused_before_anything_of_it_is_dropped() -> None:
    kept = recorded(
        *(
            period(IN_2010 + timedelta(days=day), (WANG, COUPLE)[day % 2])
            for day in range(MOST_PERIODS)
        )
    )

    with pytest.raises(OwnershipHistoryFull):
        kept.transfer(period(TODAY, HALVES), {}, edition=0, today=TODAY)


def test_owners_are_checked_together() -> None:
    stake = Stake(owner("王"), HALF)
    with pytest.raises(OwnersMissing):
        Holding.of([], mark)
    with pytest.raises(OwnerRepeated):
        Holding.of([stake, stake], mark)
    with pytest.raises(OwnersTooMany):
        Holding.of([Stake(owner(str(number)), None) for number in range(51)], mark)


def test_what_a_file_says_waits_for_its_edition() -> None:
    kept = recorded(period(IN_2010, WANG))

    staged, events = kept.staged_with(period(IN_2020, COUPLE), {}, edition=1, visible=0)

    assert events == ()
    assert staged.present(0) == period(IN_2010, WANG)
    assert staged.present(1) == period(IN_2020, COUPLE)
    assert (staged.owner_ids, staged.lists) == (kept.owner_ids, kept.lists)
    again, _ = staged.staged_with(period(IN_2020, COUPLE), {}, edition=1, visible=0)
    assert again == staged


def test_settling_shows_readers_nothing_new_and_tells_it() -> None:
    staged, _ = recorded(period(IN_2010, WANG)).staged_with(
        period(IN_2020, COUPLE), {}, edition=1, visible=0
    )

    assert staged.settled(0, AT) == (staged, ())
    settled, (event,) = staged.settled(1, AT)

    assert settled.history(1) == staged.history(1)
    assert settled.owner_ids == COUPLE.owner_ids
    assert event.valid_from == IN_2020
    assert settled.settled(1, AT) == (settled, ())


def test_the_hand_knows_better_than_a_file_not_yet_shown() -> None:
    staged, _ = recorded(period(IN_2010, WANG)).staged_with(
        period(IN_2020, COUPLE), {}, edition=1, visible=0
    )

    kept, _ = staged.transfer(period(IN_2024, HALVES), {}, edition=0, today=TODAY)

    assert [each.holding for each in kept.history(1)] == [WANG, HALVES]


def test_a_given_up_import_leaves_nothing() -> None:
    kept = recorded(period(IN_2010, WANG))
    staged, _ = kept.staged_with(period(IN_2020, COUPLE), {}, edition=1, visible=0)

    assert staged.unstaged(2) == (staged, ())
    assert staged.unstaged(1) == (kept, ())


HOLDINGS = (WANG, COUPLE, HALVES, holding(王=Share(1, 3), 李=Share(2, 3)))
days = st.integers(0, 40).map(lambda day: IN_2010 + timedelta(days=day))
entries = st.lists(st.tuples(days, st.sampled_from(HOLDINGS)), max_size=25)


@given(entries, st.lists(days, min_size=1))
def test_who_owned_on_a_day_is_what_a_naive_replay_says(
    said: list[tuple[date, Holding]], asked: list[date]
) -> None:
    periods: Periods = ()
    owners: dict[date, Holding] = {}
    for day, of in said:
        last = max(owners, default=None)
        try:
            periods = succeeded(periods, period(day, of))
        except OwnershipBeforePresent:
            assert last is not None
            assert day < last
            assert of != owners[last]
        else:
            if last is None or of != owners[last]:
                owners[day] = of
    for day in asked:
        begun = [since for since in owners if since <= day]
        found = on_day(periods, day)
        assert (found.holding if found else None) == (owners[max(begun)] if begun else None)
