"""Claiming: first come, first served, within the caps, once a request."""

import asyncio
from datetime import timedelta

import pytest
from chassis.errors import Forbidden, RequestIdReused
from vouchers.domain.campaigns.errors import CampaignNotFound, CampaignNotLive
from vouchers.domain.campaigns.terms import Reward
from vouchers.domain.cards.errors import (
    CampaignPaused,
    ClaimWindowClosed,
    HouseholdCapReached,
    NotEligible,
    OnlyAsReward,
    PersonCapReached,
    SoldOut,
)
from vouchers.domain.cards.events import VoucherClaimed
from vouchers.domain.cards.voucher import Voucher, VoucherState

from ...neighbourhood import CLERK, ELSEWHERE, Neighbourhood, distinct, resident


def taken(here: Neighbourhood) -> list[Voucher]:
    """What anybody has."""
    return [v for v in here.stores.vouchers.all if v.state is not VoucherState.AVAILABLE]


async def refused(here: Neighbourhood, error: type[Exception], *asked: object) -> Exception:
    """Whatever was asked is refused so, and nothing has changed."""
    before = list(here.stores.vouchers.all)
    with pytest.raises(error) as found:
        await here.claimed(*asked)  # type: ignore[arg-type]
    assert here.stores.vouchers.all == before
    return found.value


async def test_a_neighbour_claims_one_and_it_is_told(here: Neighbourhood) -> None:
    campaign, anna = await here.campaign(), await here.neighbour("安娜")

    voucher = await here.claimed(anna, campaign)

    assert (voucher.state, voucher.remaining_fen) == (VoucherState.CLAIMED, 2_000)
    (event,) = here.stores.vouchers.events
    assert isinstance(event, VoucherClaimed)
    assert (event.voucher_id, event.how, event.face_value_fen) == (voucher.id, "claim", 2_000)


async def test_a_repeat_is_given_the_first_voucher_whatever_became_of_the_campaign(
    here: Neighbourhood,
) -> None:
    campaign, anna = await here.campaign(), await here.neighbour("安娜")
    first = await here.claimed(anna, campaign)
    await here.end(campaign)

    assert await here.claimed(anna, campaign) == first
    assert len(taken(here)) == 1


async def test_the_same_request_for_another_campaign_is_refused(here: Neighbourhood) -> None:
    campaign, other = await here.campaign(), await here.campaign("other")
    anna = await here.neighbour("安娜")
    await here.claimed(anna, campaign)

    await refused(here, RequestIdReused, anna, other)


async def test_a_person_has_no_more_than_the_cap(here: Neighbourhood) -> None:
    campaign, anna = await here.campaign(), await here.neighbour("安娜")
    await here.claimed(anna, campaign)

    with pytest.raises(PersonCapReached):
        await here.claimed(anna, campaign, request="2")
    assert len(taken(here)) == 1


async def test_a_household_has_no_more_than_the_cap(here: Neighbourhood) -> None:
    campaign = await here.campaign()
    for name in ("安娜", "保罗"):
        await here.claimed(await here.neighbour(name, household="1-101"), campaign)

    await refused(
        here, HouseholdCapReached, await here.neighbour("克拉", household="1-101"), campaign
    )


async def test_sold_out_is_said_when_the_last_is_gone(here: Neighbourhood) -> None:
    campaign = await here.campaign(stock=1)
    await here.claimed(await here.neighbour("安娜"), campaign)

    error = await refused(here, SoldOut, await here.neighbour("保罗"), campaign)
    assert isinstance(error, SoldOut)
    assert error.more_at is None
    assert error.message == "卡券已经领完。"


async def test_tomorrows_tranche_is_not_given_today_and_said_when(here: Neighbourhood) -> None:
    campaign = await here.campaign(stock=2, daily_stock=1)
    await here.claimed(await here.neighbour("安娜"), campaign)
    paul = await here.neighbour("保罗")

    error = await refused(here, SoldOut, paul, campaign)
    assert isinstance(error, SoldOut)
    assert error.more_at is not None
    assert (error.more_at + timedelta(hours=8)).hour == 0
    assert error.message == "本批卡券已经领完，请等待下一批投放。"

    here.clock.advance(days=1)
    assert (await here.claimed(paul, campaign)).slot == 1


async def test_a_hundred_at_once_get_what_there_is_and_no_more(here: Neighbourhood) -> None:
    campaign = await here.campaign(stock=20)
    people = [await here.neighbour(f"邻居{number}") for number in range(100)]

    outcomes = await asyncio.gather(
        *(here.claimed(each, campaign) for each in people), return_exceptions=True
    )

    won = [each for each in outcomes if isinstance(each, Voucher)]
    assert len(won) == distinct([each.id for each in won]) == 20
    assert {type(each) for each in outcomes} == {Voucher, SoldOut}


async def test_who_is_not_verified_gets_nothing(here: Neighbourhood) -> None:
    campaign = await here.campaign()

    await refused(here, NotEligible, resident("陌生人"), campaign)


async def test_who_lives_in_another_estate_gets_nothing(here: Neighbourhood) -> None:
    campaign = await here.campaign(estate_ids=("estate_another",))

    await refused(here, NotEligible, await here.neighbour("安娜"), campaign)


async def test_a_paused_and_an_ended_campaign_give_nothing(here: Neighbourhood) -> None:
    campaign, anna = await here.campaign(), await here.neighbour("安娜")
    await here.pause(campaign)
    await refused(here, CampaignPaused, anna, campaign)
    await here.end(campaign)
    await refused(here, CampaignNotLive, anna, campaign)


async def test_a_voucher_that_knows_of_the_end_is_not_given_by_who_read_the_campaign_before(
    here: Neighbourhood,
) -> None:
    campaign, anna = await here.campaign(), await here.neighbour("安娜")
    await here.end(campaign)
    await here.mint()
    stale = here.stores.campaigns.get

    async def as_before(community_id: str, campaign_id: str) -> object:
        await stale(community_id, campaign_id)
        return campaign

    here.stores.campaigns.get = as_before

    await refused(here, CampaignNotLive, anna, campaign)


@pytest.mark.parametrize("days", [-1, 7, 40])
async def test_claims_are_taken_in_their_window(here: Neighbourhood, days: int) -> None:
    campaign, anna = await here.campaign(), await here.neighbour("安娜")
    here.clock.advance(days=days)

    await refused(here, ClaimWindowClosed, anna, campaign)


async def test_a_thank_you_cannot_be_claimed(here: Neighbourhood) -> None:
    campaign = await here.campaign(reward_for=Reward.ISSUE_CONFIRMED)

    await refused(here, OnlyAsReward, await here.neighbour("安娜"), campaign)


async def test_another_communitys_campaign_is_unknown_and_staff_claim_nothing(
    here: Neighbourhood,
) -> None:
    campaign = await here.campaign()

    await refused(here, CampaignNotFound, resident("安娜", community_id=ELSEWHERE), campaign)
    await refused(here, Forbidden, CLERK, campaign)


async def test_who_has_theirs_is_told_so_though_nothing_is_left(here: Neighbourhood) -> None:
    campaign, anna = await here.campaign(stock=1), await here.neighbour("安娜")
    await here.claimed(anna, campaign)

    with pytest.raises(PersonCapReached):
        await here.claimed(anna, campaign, request="another")
    await refused(here, SoldOut, await here.neighbour("保罗"), campaign)
