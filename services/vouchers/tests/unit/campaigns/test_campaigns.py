"""Campaigns: drafted by one, approved by another, paused, resumed, ended."""

from datetime import timedelta
from pathlib import Path

import pytest
from chassis.errors import Forbidden, RequestIdReused
from chassis.event_contracts import Contracts
from chassis.testing import REQUESTS
from vouchers.domain.actors import Actor, Role, RoleGrant
from vouchers.domain.campaigns.campaign import CampaignState, campaign_facts
from vouchers.domain.campaigns.errors import (
    BudgetTooSmall,
    CampaignNotDraft,
    CampaignNotFound,
    CampaignNotLive,
    CampaignNotPaused,
    CampaignNotRunning,
    CampaignTermsChanged,
    WindowOver,
)
from vouchers.domain.campaigns.events import (
    CampaignApproved,
    CampaignEnded,
    CampaignLive,
    CampaignPaused,
)
from vouchers.domain.campaigns.terms import Reward
from vouchers.domain.errors import MakerMayNotApprove
from vouchers.domain.merchants.errors import MerchantNotApproved, MerchantNotFound
from vouchers.domain.merchants.merchant import Merchant, NewMerchant
from vouchers.domain.merchants.particulars import BusinessKind

from ...neighbourhood import AUDITOR, CLERK, ELSEWHERE, SECRETARY, terms_of
from .desk import Desk

CONTRACTS = Contracts(Path(__file__).parents[5] / "contracts" / "events")
SECOND = Actor("account_second", SECRETARY.community_id, SECRETARY.grants)
STRANGER = Actor("account_stranger", ELSEWHERE, SECRETARY.grants)
SCOPED = Actor("account_scoped", SECRETARY.community_id, (RoleGrant(Role.SECRETARY, ("e",)),))


async def test_a_draft_promises_nothing_yet(desk: Desk) -> None:
    campaign = await desk.drafted()

    assert campaign.state is CampaignState.DRAFT
    assert desk.campaigns.events == []
    assert campaign_facts(campaign) == []


async def test_a_repeat_drafts_nothing_more(desk: Desk) -> None:
    first = await desk.drafted()

    assert await desk.drafted() == first
    with pytest.raises(RequestIdReused):
        await desk.drafted(stock=1)
    assert desk.campaigns.all == [first]


async def test_a_repeat_is_answered_whatever_the_day(desk: Desk) -> None:
    new = terms_of(desk.now())
    first, name = await desk.drafted(), desk.request("c-1")
    amended = await desk.room.amend(CLERK, first.id, new, request=name)
    desk.now.at = first.terms.use_until

    again = await desk.room.draft(
        CLERK, first.id, new, request=REQUESTS.request_for(CLERK.account_id, "c-1", new=new)
    )

    assert again == amended == await desk.room.amend(CLERK, first.id, new, request=name)
    assert desk.campaigns.writes == 2


async def test_a_second_person_lets_the_money_be_spent(desk: Desk) -> None:
    campaign = await desk.approved()

    event = CampaignApproved(
        community_id=campaign.community_id,
        campaign_id=campaign.id,
        funder_id=campaign.funder_id,
        face_value_fen=2_000,
        stock=20,
        budget_fen=50_000,
        approved_at=desk.now(),
        approved_by=SECRETARY.account_id,
    )
    assert campaign.state is CampaignState.APPROVED
    assert desk.campaigns.events == [event]
    CONTRACTS.check(event)


async def test_nobody_who_wrote_its_terms_approves_it(desk: Desk) -> None:
    campaign = await desk.drafted(by=SECRETARY)
    amended = await desk.amended(campaign, by=SECOND, stock=10)

    for maker in (SECRETARY, SECOND):
        with pytest.raises(MakerMayNotApprove):
            await desk.approve(amended, by=maker)

    assert desk.campaigns.all == [amended]
    assert amended.makers == (SECRETARY.account_id, SECOND.account_id)


async def test_terms_are_other_only_before_approval(desk: Desk) -> None:
    campaign = await desk.drafted()
    amended = await desk.amended(campaign, stock=10)
    with pytest.raises(BudgetTooSmall):
        await desk.amended(campaign, stock=26)
    approved = await desk.approve(amended, by=SECRETARY)

    with pytest.raises(CampaignNotDraft):
        await desk.amended(campaign, stock=5)
    with pytest.raises(CampaignNotDraft):
        await desk.approve(amended, by=SECOND)

    assert amended.terms.stock == 10
    assert desk.campaigns.all == [approved]


async def test_nobody_approves_terms_that_were_not_read(desk: Desk) -> None:
    read = await desk.drafted()
    amended = await desk.amended(read, face_value_fen=100_000, budget_fen=2_000_000)

    with pytest.raises(CampaignTermsChanged):
        await desk.approve(read, by=SECRETARY)
    assert desk.campaigns.all == [amended]
    assert desk.campaigns.events == []

    assert (await desk.approve(amended, by=SECRETARY)).terms == amended.terms


async def test_what_is_over_before_it_is_approved_is_not_approved(desk: Desk) -> None:
    campaign = await desk.drafted()
    desk.now.at = campaign.terms.claim_until

    with pytest.raises(WindowOver):
        await desk.approve(campaign, by=SECRETARY)

    assert desk.campaigns.all == [campaign]


async def test_a_pause_and_an_end_are_told_and_reach_the_vouchers(desk: Desk) -> None:
    campaign = await desk.live()
    room = desk.room
    paused = await room.pause(SECRETARY, campaign.id, request=desk.request())
    assert campaign_facts(paused)[-1] == desk.campaigns.events[-1]
    await room.mint_vouchers()
    assert {(each.is_paused, each.is_ended) for each in desk.vouchers.all} == {(True, False)}

    resumed = await room.resume(SECRETARY, campaign.id, request=desk.request())
    assert campaign_facts(resumed)[-1] == desk.campaigns.events[-1]
    await room.mint_vouchers()
    assert {(each.is_paused, each.is_ended) for each in desk.vouchers.all} == {(False, False)}

    ended = await room.end(SECRETARY, campaign.id, request=desk.request())
    assert campaign_facts(ended)[-1] == desk.campaigns.events[-1]
    await room.mint_vouchers()
    assert {(each.is_paused, each.is_ended) for each in desk.vouchers.all} == {(False, True)}

    assert not (await desk.read(campaign)).has_work
    told = desk.campaigns.events
    assert [event.type for event in told] == [
        CampaignApproved.type,
        CampaignLive.type,
        CampaignPaused.type,
        CampaignLive.type,
        CampaignEnded.type,
    ]
    for event in told:
        CONTRACTS.check(event)


async def test_each_step_is_taken_from_where_it_can_be(desk: Desk) -> None:
    room, campaign = desk.room, await desk.drafted()
    with pytest.raises(CampaignNotLive):
        await room.pause(SECRETARY, campaign.id, request=desk.request())
    with pytest.raises(CampaignNotPaused):
        await room.resume(SECRETARY, campaign.id, request=desk.request())
    with pytest.raises(CampaignNotRunning):
        await room.end(SECRETARY, campaign.id, request=desk.request())
    with pytest.raises(CampaignNotFound):
        await room.end(STRANGER, campaign.id, request=desk.request())

    assert desk.campaigns.all == [campaign]
    assert desk.campaigns.events == []


async def test_it_ends_by_itself_after_its_last_day(desk: Desk) -> None:
    campaign = await desk.paused()
    desk.now.at = campaign.terms.use_until - timedelta(milliseconds=1)
    await desk.room.end_lapsed()
    assert (await desk.read(campaign)).state is CampaignState.PAUSED

    desk.now.at = campaign.terms.use_until
    await desk.room.end_lapsed()
    await desk.room.end_lapsed()

    ended = await desk.read(campaign)
    assert (ended.state, ended.ended_by) == (CampaignState.ENDED, None)
    assert [type(event) for event in desk.campaigns.events].count(CampaignEnded) == 1


async def test_only_approved_merchants_are_named(desk: Desk) -> None:
    new = NewMerchant(
        name="面馆",
        credit_code="91350100M000100Y43",
        business=BusinessKind.CATERING,
        is_alliance_member=False,
        contact_name="王",
        contact_phone="13812345678",
        payee_name="王",
        payee_account_number="62220202",
    )
    waiting = Merchant.register("merchant_1", new, by=CLERK, at=desk.now())
    await desk.merchants.add(waiting)
    with pytest.raises(MerchantNotApproved):
        await desk.drafted(merchant_ids=(waiting.id,))
    with pytest.raises(MerchantNotFound):
        await desk.drafted(merchant_ids=("merchant_2",))
    assert desk.campaigns.all == []

    await desk.merchants.change(
        CLERK.community_id, waiting.id, lambda each: each.approve(SECRETARY, desk.now())
    )
    assert (await desk.drafted(merchant_ids=(waiting.id,))).terms.merchant_ids == (waiting.id,)


async def test_what_is_of_the_whole_community_is_not_a_scoped_secretarys(desk: Desk) -> None:
    campaign = await desk.drafted()

    with pytest.raises(Forbidden):
        await desk.approve(campaign, by=SCOPED)
    with pytest.raises(Forbidden):
        await desk.drafted(by=SCOPED)
    with pytest.raises(Forbidden):
        await desk.approve(campaign, by=CLERK)

    with pytest.raises(Forbidden):
        await desk.room.read.newest_first(SCOPED, None, first=5, after=None)
    with pytest.raises(Forbidden):
        await desk.room.read.by_id(SCOPED, [campaign.id])

    assert desk.campaigns.all == [campaign]


async def test_the_office_and_the_auditor_list_them_by_state(desk: Desk) -> None:
    live = await desk.live()
    desk.now.advance(minutes=1)
    draft = await desk.drafted(request_id="c-2")

    everything = await desk.room.read.newest_first(AUDITOR, None, first=5, after=None)
    drafts = await desk.room.read.newest_first(CLERK, CampaignState.DRAFT, first=5, after=None)

    assert everything.items == [draft, live]
    assert drafts.items == [draft]
    assert await desk.room.read.by_id(STRANGER, [live.id]) == [None]


async def test_rewards_come_from_what_is_approved_for_them(desk: Desk) -> None:
    live = await desk.live(reward_for=Reward.ISSUE_CONFIRMED)
    await desk.drafted(request_id="c-2", reward_for=Reward.ISSUE_CONFIRMED)
    await desk.drafted(request_id="c-3")

    found = await desk.campaigns.rewarding(live.community_id, Reward.ISSUE_CONFIRMED)

    assert found == [live]
