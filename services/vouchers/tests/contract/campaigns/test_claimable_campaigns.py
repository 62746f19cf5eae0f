"""What residents are shown to claim: of their estate, not over, and no thank-yous."""

from datetime import timedelta

from chassis.ids import derived_id
from chassis.mongo import Document, Store
from chassis.testing import FrozenClock
from chassis.testing_explain import Recorded, assert_indexed, walks_sorted
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.campaigns.terms import Reward

from ...neighbourhood import COMMUNITY, ELSEWHERE, ESTATE, Neighbourhood, resident
from ..conftest import stores_in

OTHER_ESTATE = derived_id("estate", "2")
REWARD = Reward.ISSUE_CONFIRMED


async def made(here: Neighbourhood, name: str, **terms: object) -> Campaign:
    here.clock.advance(seconds=1)
    return await here.campaign(name, stock=1, **terms)


async def test_they_are_of_the_estate_and_not_over_the_newest_first(here: Neighbourhood) -> None:
    ends = here.clock() + timedelta(days=8)
    for_all = await made(here, "for all", claim_until=ends)
    await made(here, "soon over", claim_until=here.clock() + timedelta(hours=1))
    both = await made(here, "both", estate_ids=(OTHER_ESTATE, ESTATE), claim_until=ends)
    theirs = await made(here, "theirs", estate_ids=(OTHER_ESTATE,), claim_until=ends)
    await here.pause(await made(here, "paused", claim_until=ends))
    await made(here, "thanks", reward_for=REWARD, claim_until=ends)
    here.clock.advance(hours=1)
    claimable, at = here.stores.campaigns.claimable, here.clock()

    async def shown(estate_id: str | None, *, limit: int = 9) -> list[str]:
        found = await claimable(COMMUNITY, estate_id, at, limit=limit)
        return [each.id for each in found]

    assert await shown(ESTATE) == [both.id, for_all.id]
    assert await shown(OTHER_ESTATE) == [theirs.id, both.id, for_all.id]
    assert await shown(None) == [for_all.id]
    assert await shown(ESTATE, limit=1) == [both.id]
    assert await claimable(ELSEWHERE, ESTATE, at, limit=9) == []
    assert await claimable(COMMUNITY, ESTATE, ends, limit=9) == []


async def test_newer_ones_that_are_not_for_them_hide_nothing(here: Neighbourhood) -> None:
    first = await made(here, "first")
    for number in range(3):
        await made(here, f"thanks {number}", reward_for=REWARD)
        await made(here, f"theirs {number}", estate_ids=(OTHER_ESTATE,))

    (found,) = await here.stores.campaigns.claimable(COMMUNITY, ESTATE, here.clock(), limit=2)

    assert found.id == first.id


async def test_a_resident_sees_what_is_left_and_what_they_have(here: Neighbourhood) -> None:
    gone, left = await made(here, "gone"), await made(here, "left")
    later = await made(here, "later", claim_from=here.clock() + timedelta(hours=1))
    await made(here, "theirs", estate_ids=(OTHER_ESTATE,))
    anna = await here.neighbour("安娜")
    await here.claimed(anna, gone)

    live = await here.read.live(anna)

    assert [(each.campaign.id, each.held, each.is_left) for each in live] == [
        (later.id, 0, False),
        (left.id, 0, True),
        (gone.id, 1, False),
    ]
    assert [each.held for each in await here.read.live(resident("陌生人"))] == [0, 0, 0]


async def test_they_are_found_by_index(motor: Store, clock: FrozenClock) -> None:
    here = Neighbourhood(stores_in(motor, clock), clock)
    for number in range(12):
        await made(here, f"{number}", reward_for=REWARD if number % 2 else None)
    plans: list[Document] = []
    campaigns, merchants = here.stores.campaigns, here.stores.merchants
    merchant = await here.merchant()
    for kept in (campaigns, merchants):
        kept.collection = Recorded(kept.collection, plans)

    assert len(await campaigns.claimable(COMMUNITY, ESTATE, clock(), limit=9)) == 6
    (shop,) = await merchants.shops(COMMUNITY, [merchant.id])

    assert shop.name == merchant.name
    assert len(plans) == 2
    assert_indexed(plans, strictly=await walks_sorted(motor))
