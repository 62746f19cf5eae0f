"""Who leaves a household keeps what they had, and gets no more than anybody else."""

import asyncio

import pytest
from chassis.ids import derived_id
from vouchers.domain.actors import Actor
from vouchers.domain.cards.errors import PersonCapReached, VoucherNotFound
from vouchers.domain.cards.voucher import Voucher

from ...neighbourhood import COMMUNITY, ESTATE, Neighbourhood


async def leave(here: Neighbourhood, anna: Actor) -> None:
    """Her first binding ends, and residents know her by another pseudonym at her second home."""
    here.clock.advance(minutes=1)
    await here.unbound(anna)
    at, holders = here.clock(), here.stores.holders
    await holders.change(
        COMMUNITY,
        anna.account_id,
        lambda holder: holder.bind(
            derived_id("household", "second home"),
            estate_id=ESTATE,
            person_key=derived_id("person", "another"),
            at=at,
            sequence=9,
        ),
    )
    here.clock.advance(minutes=1)


async def test_who_is_known_under_another_pseudonym_has_what_they_had(here: Neighbourhood) -> None:
    campaign = await here.campaign(per_person=5, per_household=5)
    anna = await here.neighbour("安娜")
    before = await here.claimed(anna, campaign, request="1")
    await leave(here, anna)
    after = await here.claimed(anna, campaign, request="2")

    first = await here.read.listed(anna, first=1, after=None)
    rest = await here.read.listed(anna, first=1, after=first.cursors[-1])

    assert after.person_key == derived_id("person", "another")
    assert [each.id for each in (*first.items, *rest.items)] == [after.id, before.id]
    assert (first.has_next_page, rest.has_next_page) == (True, False)
    assert await here.code(anna, before)
    (live,) = await here.read.live(anna)
    assert live.held == 2


async def test_another_pseudonym_and_another_household_give_nobody_more(
    here: Neighbourhood,
) -> None:
    campaign = await here.campaign(per_person=1, per_household=1)
    anna = await here.neighbour("安娜")
    await here.claimed(anna, campaign, request="1")
    await leave(here, anna)

    with pytest.raises(PersonCapReached):
        await here.claimed(anna, campaign, request="2")

    assert await here.stores.counts.claimed_count(COMMUNITY, campaign.id) == 1
    (live,) = await here.read.live(anna)
    assert live.held == 1


async def test_nor_does_claiming_on_both_sides_of_the_change_at_once(here: Neighbourhood) -> None:
    campaign = await here.campaign(per_person=2, per_household=9)
    anna = await here.neighbour("安娜")
    await here.claimed(anna, campaign, request="first")
    await leave(here, anna)

    outcomes = await asyncio.gather(
        *(here.claimed(anna, campaign, request=str(number)) for number in range(9)),
        return_exceptions=True,
    )

    won = [each for each in outcomes if isinstance(each, Voucher)]
    assert [each.account_nth for each in won] == [2]
    assert {type(each) for each in outcomes} == {Voucher, PersonCapReached}


async def test_an_account_without_a_binding_has_nothing_of_the_person_it_was_bound_to(
    here: Neighbourhood,
) -> None:
    campaign = await here.campaign(per_person=2)
    anna = await here.neighbour("安娜")
    stranger = await here.neighbour("陌生人", person="安娜")
    hers = await here.claimed(anna, campaign)
    his = await here.claimed(stranger, campaign)
    assert await here.code(stranger, hers)
    here.clock.advance(minutes=1)
    await here.unbound(stranger)
    at_first = [await here.voucher(each) for each in (hers, his)]

    listed = await here.read.listed(stranger, first=5, after=None)

    assert list(listed.items) == []
    for voucher in (hers, his):
        with pytest.raises(VoucherNotFound):
            await here.code(stranger, voucher)
    (live,) = await here.read.live(stranger)
    assert live.held == 0
    assert [await here.voucher(each) for each in (hers, his)] == at_first
    assert await here.code(anna, hers)
    assert await here.code(anna, his)
