"""What somebody has, and whether something is left: told as it is now, read by an index."""

import asyncio

from chassis.mongo import Document, Store
from chassis.testing import FrozenClock
from chassis.testing_explain import Recorded, assert_indexed, walks_sorted
from vouchers.domain.cards.voucher import Holder

from ...neighbourhood import COMMUNITY, Neighbourhood
from ..conftest import stores_in


async def test_nothing_is_left_once_somebody_has_what_was_left(here: Neighbourhood) -> None:
    campaign, other = await here.campaign(stock=1), await here.campaign("other", stock=2)
    kept, both = here.stores.vouchers, [campaign.id, other.id]
    for _ in range(2):
        assert await kept.with_some_left(COMMUNITY, both, here.clock()) == {*both}

    anna, berta = await here.neighbour("安娜"), await here.neighbour("蓓塔")
    await here.claimed(anna, campaign, request="1")
    await here.claimed(anna, other, request="2")

    for _ in range(2):
        assert await kept.with_some_left(COMMUNITY, both, here.clock()) == {other.id}
    await here.claimed(berta, other)
    for _ in range(2):
        assert await kept.with_some_left(COMMUNITY, both, here.clock()) == set()


async def test_what_is_left_for_tomorrow_is_not_left_today(here: Neighbourhood) -> None:
    campaign = await here.campaign(stock=2, daily_stock=1)
    kept, today = here.stores.vouchers, here.clock()
    tomorrow = here.clock.advance(days=1)

    assert await kept.with_some_left(COMMUNITY, [campaign.id], tomorrow) == {campaign.id}
    here.clock.at = today
    await here.claimed(await here.neighbour("安娜"), campaign)
    for _ in range(2):
        assert await kept.with_some_left(COMMUNITY, [campaign.id], tomorrow) == {campaign.id}
        assert await kept.with_some_left(COMMUNITY, [campaign.id], today) == set()


async def test_it_is_listed_and_counted_of_each_alone(here: Neighbourhood) -> None:
    one, two = await here.campaign(per_person=2), await here.campaign("two")
    anna, berta = await here.neighbour("安娜"), await here.neighbour("蓓塔")
    mine = []
    for number, campaign in enumerate((one, two, one)):
        here.clock.advance(minutes=1)
        mine.append(await here.claimed(anna, campaign, request=f"{number}"))
    theirs = await here.claimed(berta, two)
    of_anna = Holder(mine[0].person_key or "", None, anna.account_id)
    of_berta = Holder(theirs.person_key or "", None, berta.account_id)
    kept = here.stores.vouchers

    held, page, hers, held_by_her = await asyncio.gather(
        kept.held_of(COMMUNITY, of_anna),
        kept.of_holder(COMMUNITY, of_anna, first=2, after=None),
        kept.of_holder(COMMUNITY, of_berta, first=2, after=None),
        kept.held_of(COMMUNITY, of_berta),
    )

    assert held == {one.id: 2, two.id: 1}
    assert held_by_her == {two.id: 1}
    assert [each.id for each in page.items] == [mine[2].id, mine[1].id]
    assert page.has_next_page
    rest = await kept.of_holder(COMMUNITY, of_anna, first=2, after=page.cursors[-1])
    assert ([each.id for each in rest.items], rest.has_next_page) == ([mine[0].id], False)
    assert ([each.id for each in hers.items], hers.has_next_page) == ([theirs.id], False)


async def test_it_is_read_by_index(motor: Store, clock: FrozenClock) -> None:
    here = Neighbourhood(stores_in(motor, clock), clock)
    campaign = await here.campaign(stock=60, budget_fen=200_000)
    neighbours = [await here.neighbour(f"{number}") for number in range(4)]
    mine = [await here.claimed(each, campaign) for each in neighbours]
    holders = [Holder(each.person_key or "", None, each.account_id) for each in mine]
    kept, plans = here.stores.vouchers, list[Document]()
    kept.collection = Recorded(kept.collection, plans)

    await asyncio.gather(*(kept.held_of(COMMUNITY, holder) for holder in holders))
    await kept.of_holder(COMMUNITY, holders[0], first=1, after=None)
    assert len(plans) == 2 + 2
    for _ in range(2):
        await kept.with_some_left(COMMUNITY, [campaign.id], clock())

    assert_indexed(plans, strictly=await walks_sorted(motor))
