"""Who stands behind an account, in whatever order and however often it is told."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import msgspec
from chassis.events import Received
from chassis.ids import derived_id
from hypothesis import given
from hypothesis import strategies as st
from vouchers.adapters.cards.memory_account_holders import MemoryAccountHolders
from vouchers.consumers.on_account_bound import AccountBound, on_account_bound
from vouchers.consumers.on_account_unbound import AccountUnbound, on_account_unbound
from vouchers.domain.cards.account_holders import HOUSEHOLDS_KEPT, AccountHolder

from ...neighbourhood import COMMUNITY

BEGAN = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ACCOUNT = derived_id("account", "安娜")

F = TypeVar("F", AccountBound, AccountUnbound)


class Told(msgspec.Struct, frozen=True):
    """A fact of residents about the account, the n-th; a person where a binding begins."""

    sequence: int
    household_id: str
    person_key: str | None

    @property
    def at(self) -> datetime:
        return BEGAN + timedelta(minutes=self.sequence)


def nobody() -> AccountHolder:
    return AccountHolder(id=ACCOUNT, community_id=COMMUNITY)


def told(holder: AccountHolder, *facts: Told) -> AccountHolder:
    for fact in facts:
        if fact.person_key is None:
            holder, events = holder.unbind(fact.household_id, at=fact.at)
        else:
            holder, events = holder.bind(
                fact.household_id,
                estate_id="estate_1",
                person_key=fact.person_key,
                at=fact.at,
                sequence=fact.sequence,
            )
        assert not events
    return holder


def seen(holder: AccountHolder) -> tuple[object, ...]:
    return holder.person, holder.person_key, holder.home, {*holder.households}


@st.composite
def a_life(draw: st.DrawFn) -> list[Told]:
    """Bindings that begin and end, as residents would have it."""
    facts: list[Told] = []
    bound: set[str] = set()
    for sequence in range(1, draw(st.integers(1, 12)) + 1):
        household = draw(st.sampled_from(["household_1", "household_2", "household_3"]))
        if household in bound:
            bound.remove(household)
            facts.append(Told(sequence, household, None))
        else:
            bound.add(household)
            person = draw(st.sampled_from(["person_1", "person_2"]))
            facts.append(Told(sequence, household, person))
    return facts


@given(st.data())
def test_in_whatever_order_and_however_often_it_comes_to_the_same(data: st.DataObject) -> None:
    life = data.draw(a_life())
    again = data.draw(st.lists(st.sampled_from(life), max_size=6))
    shuffled = data.draw(st.permutations([*life, *again]))

    assert seen(told(nobody(), *shuffled)) == seen(told(nobody(), *life))


@given(a_life())
def test_somebody_stands_behind_it_while_a_binding_does(life: Sequence[Told]) -> None:
    standing: dict[str, Told] = {}
    last_person = None
    for fact in life:
        if fact.person_key is None:
            del standing[fact.household_id]
        else:
            standing[fact.household_id] = fact
            last_person = fact.person_key

    holder = told(nobody(), *life)

    assert holder.person == (last_person if standing else None)
    latest = max(standing.values(), key=lambda fact: fact.sequence, default=None)
    assert (holder.home.household_id if holder.home else None) == (
        latest.household_id if latest else None
    )


def test_an_end_that_is_told_before_its_beginning_ends_it() -> None:
    begun, ended = Told(1, "household_1", "person_1"), Told(2, "household_1", None)

    assert told(nobody(), ended, begun).person is None
    assert told(nobody(), begun, ended, begun).person is None


def test_a_binding_anew_is_known_and_the_end_before_it_ends_nothing() -> None:
    first, end = Told(1, "household_1", "person_1"), Told(2, "household_1", None)
    anew = Told(3, "household_1", "person_2")

    assert told(nobody(), first, end, anew, end, first).person == "person_2"


def test_a_binding_and_its_end_at_one_moment_are_an_end() -> None:
    begun = Told(1, "household_1", "person_1")
    bound = told(nobody(), begun)

    unbound, _ = bound.unbind("household_1", at=begun.at)

    assert unbound.home is None
    assert told(unbound, begun) == unbound


def test_of_many_households_the_one_that_stands_is_kept() -> None:
    home = Told(1, "household_home", "person_1")
    others = [
        Told(2 * number + ended, f"household_{number}", None if ended else "person_1")
        for number in range(1, 2 * HOUSEHOLDS_KEPT)
        for ended in (0, 1)
    ]

    holder = told(nobody(), home, *others)

    assert len(holder.households) == HOUSEHOLDS_KEPT
    assert holder.home is not None
    assert holder.home.household_id == "household_home"
    assert told(holder, home) == holder


async def test_it_is_told_by_events_and_each_again_changes_nothing() -> None:
    holders = MemoryAccountHolders()
    bound = AccountBound(ACCOUNT, "person_1", "household_1", "estate_1", BEGAN)
    unbound = AccountUnbound(ACCOUNT, "household_1", BEGAN + timedelta(days=1))
    hear_bound, hear_unbound = on_account_bound(holders), on_account_unbound(holders)

    await hear_bound(_received(bound, 1))
    at_home = await holders.get(COMMUNITY, ACCOUNT)
    assert (at_home.person, at_home.home is not None) == ("person_1", True)
    await hear_bound(_received(bound, 1))
    assert await holders.get(COMMUNITY, ACCOUNT) == at_home

    await hear_unbound(_received(unbound, 2))
    gone = await holders.get(COMMUNITY, ACCOUNT)
    assert (gone.person, gone.home) == (None, None)
    await hear_unbound(_received(unbound, 2))
    await hear_bound(_received(bound, 1))
    assert await holders.get(COMMUNITY, ACCOUNT) == gone


async def test_the_end_of_a_binding_nobody_told_of_is_kept_for_when_they_do() -> None:
    holders = MemoryAccountHolders()
    unbound = AccountUnbound(ACCOUNT, "household_1", BEGAN + timedelta(days=1))
    await on_account_unbound(holders)(_received(unbound, 2))

    late = AccountBound(ACCOUNT, "person_1", "household_1", "estate_1", BEGAN)
    await on_account_bound(holders)(_received(late, 1))

    assert (await holders.get(COMMUNITY, ACCOUNT)).person is None


def _received(said: F, sequence: int) -> Received[F]:
    return Received(
        id=derived_id("event", ACCOUNT, str(sequence)),
        type=said.type,
        subject=ACCOUNT,
        sequence=sequence,
        community_id=COMMUNITY,
        time=BEGAN,
        data=said,
        traceparent=None,
    )
