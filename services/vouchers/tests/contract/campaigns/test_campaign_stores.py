"""What holds for campaigns in memory holds for those in MongoDB, by either driver."""

from datetime import timedelta

import pytest
from chassis.ids import derived_id
from chassis.mongo import Document, Store
from chassis.testing import FrozenClock
from chassis.testing_explain import Recorded, assert_indexed, walks_sorted
from vouchers.domain.actors import Actor
from vouchers.domain.campaigns.campaign import Campaign, CampaignState
from vouchers.domain.campaigns.errors import CampaignNotFound
from vouchers.domain.campaigns.terms import Reward

from ...neighbourhood import CLERK, COMMUNITY, ELSEWHERE, SECRETARY, Neighbourhood, terms_of
from ..conftest import stores_in

STRANGER = Actor("account_stranger", ELSEWHERE, SECRETARY.grants)
REWARD = Reward.ISSUE_CONFIRMED


async def drafted(
    here: Neighbourhood, number: int, *, by: Actor = CLERK, reward_for: Reward | None = None
) -> Campaign:
    here.clock.advance(seconds=1)
    campaign = Campaign.draft(
        derived_id("campaign", by.community_id, str(number)),
        terms_of(here.clock(), reward_for=reward_for),
        funder_id=derived_id("funder", "1"),
        by=by,
        at=here.clock(),
    )
    stored: Campaign = await here.stores.campaigns.add(campaign)
    return stored


async def approved(here: Neighbourhood, campaign: Campaign) -> Campaign:
    changed: Campaign = await here.stores.campaigns.change(
        campaign.community_id,
        campaign.id,
        lambda each: each.approve(
            Actor("another", each.community_id, ()), here.clock(), terms_number=1
        ),
    )
    return changed


async def test_a_campaign_is_read_back_in_its_own_community_only(here: Neighbourhood) -> None:
    campaigns = here.stores.campaigns
    stored = await drafted(here, 1, reward_for=REWARD)

    assert await campaigns.get(COMMUNITY, stored.id) == stored
    with pytest.raises(CampaignNotFound):
        await campaigns.get(ELSEWHERE, stored.id)
    assert await campaigns.get_many(ELSEWHERE, [stored.id]) == [None]


async def test_they_are_listed_the_newest_first_and_by_state(here: Neighbourhood) -> None:
    campaigns = here.stores.campaigns
    made = [await drafted(here, number) for number in range(4)][::-1]
    await drafted(here, 9, by=STRANGER)
    made[2] = await approved(here, made[2])

    page = await campaigns.newest_first(COMMUNITY, None, first=3, after=None)
    rest = await campaigns.newest_first(COMMUNITY, None, first=3, after=page.cursors[-1])
    drafts = await campaigns.newest_first(COMMUNITY, CampaignState.DRAFT, first=9, after=None)

    assert (page.items, page.has_next_page) == (made[:3], True)
    assert (rest.items, rest.has_next_page) == (made[3:], False)
    assert drafts.items == [made[0], made[1], made[3]]


async def test_work_is_found_in_every_community_until_it_is_done(here: Neighbourhood) -> None:
    campaigns = here.stores.campaigns
    one = await approved(here, await drafted(here, 1))
    other = await approved(here, await drafted(here, 2, by=STRANGER))
    await drafted(here, 3)

    assert {each.id for each in await campaigns.with_work(limit=9)} == {one.id, other.id}
    assert len(await campaigns.with_work(limit=1)) == 1

    await here.mint()
    assert await campaigns.with_work(limit=9) == []


async def test_those_that_give_a_reward_are_approved_and_of_the_community(
    here: Neighbourhood,
) -> None:
    campaigns = here.stores.campaigns
    first = await approved(here, await drafted(here, 1, reward_for=REWARD))
    second = await approved(here, await drafted(here, 2, reward_for=REWARD))
    await approved(here, await drafted(here, 3))
    await approved(here, await drafted(here, 4, by=STRANGER, reward_for=REWARD))
    await drafted(here, 5, reward_for=REWARD)

    async def rewarding() -> list[str]:
        return [each.id for each in await campaigns.rewarding(COMMUNITY, REWARD)]

    assert await rewarding() == [first.id, second.id]
    await here.mint()
    await here.pause(first)
    assert await rewarding() == [first.id, second.id]
    await here.end(first)
    assert await rewarding() == [second.id]


async def test_what_runs_beyond_its_last_day_is_found(here: Neighbourhood) -> None:
    campaigns = here.stores.campaigns
    live, paused = await here.campaign("live"), await here.campaign("paused")
    await here.pause(paused)
    await here.end(await here.campaign("ended"))
    await drafted(here, 1)
    over_at = live.terms.use_until

    assert await campaigns.over(over_at - timedelta(milliseconds=1), limit=9) == []
    found = {each.id for each in await campaigns.over(over_at, limit=9)}
    assert found == {live.id, paused.id}
    assert len(await campaigns.over(over_at, limit=1)) == 1


async def test_every_query_has_an_index(motor: Store, clock: FrozenClock) -> None:
    here = Neighbourhood(stores_in(motor, clock), clock)
    campaigns = here.stores.campaigns
    for number in range(30):
        for by in (CLERK, STRANGER):
            await drafted(here, number, by=by, reward_for=REWARD if number % 2 else None)
    for number in range(4):
        await approved(here, await drafted(here, 100 + number, reward_for=REWARD))
    await here.mint()
    await approved(here, await drafted(here, 200))
    plans: list[Document] = []
    campaigns.collection = Recorded(campaigns.collection, plans)

    for state in (None, CampaignState.DRAFT):
        page = await campaigns.newest_first(COMMUNITY, state, first=5, after=None)
        await campaigns.newest_first(COMMUNITY, state, first=5, after=page.cursors[-1])
    assert len(await campaigns.rewarding(COMMUNITY, REWARD)) == 4
    assert await campaigns.communities_that_spend() == [COMMUNITY]
    assert len(await campaigns.with_work(limit=5)) == 1
    assert len(await campaigns.over(clock() + timedelta(days=60), limit=9)) == 4
    await campaigns.get(COMMUNITY, page.items[0].id)

    assert len(plans) == 13
    assert_indexed(plans, strictly=await walks_sorted(motor))


async def test_a_community_spends_from_its_first_approval_on(here: Neighbourhood) -> None:
    campaigns = here.stores.campaigns
    first, _ = await drafted(here, 1), await drafted(here, 2, by=STRANGER)
    assert await campaigns.communities_that_spend() == []

    await approved(here, first)

    assert await campaigns.communities_that_spend() == [COMMUNITY]
