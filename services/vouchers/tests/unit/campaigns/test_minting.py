"""Vouchers are made once each, wherever it was stopped; live says that all are there."""

from collections.abc import Awaitable, Callable

import pytest
from vouchers.application.campaigns.mint_vouchers import BATCH
from vouchers.domain.campaigns.campaign import Campaign, CampaignState
from vouchers.domain.campaigns.events import CampaignLive

from ...neighbourhood import SECRETARY
from .desk import Desk


class Killed(Exception):
    """The process is gone."""


def killing(
    insert: Callable[[Campaign, range], Awaitable[int]], *, in_batch: int, before: bool
) -> Callable[[Campaign, range], Awaitable[int]]:
    """The same, until the process is killed before or after a batch reaches the store."""
    batches = 0

    async def insert_missing(campaign: Campaign, slots: range) -> int:
        nonlocal batches
        batches += 1
        if batches == in_batch and before:
            raise Killed
        inserted = await insert(campaign, slots)
        if batches == in_batch:
            raise Killed
        return inserted

    return insert_missing


async def test_a_campaign_is_live_with_every_voucher_there(desk: Desk) -> None:
    campaign = await desk.live(stock=BATCH * 2 + 1, face_value_fen=1)

    assert campaign.state is CampaignState.LIVE
    assert campaign.minted == len(desk.vouchers.all) == BATCH * 2 + 1
    assert not campaign.has_work
    assert [type(event) for event in desk.campaigns.events].count(CampaignLive) == 1


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("in_batch", [1, 2, 3])
async def test_whoever_is_killed_in_the_middle_leaves_the_same_vouchers(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, in_batch: int, before: bool
) -> None:
    campaign = await desk.approved(stock=BATCH * 2 + 1, face_value_fen=1)
    with monkeypatch.context() as killed:
        insert = killing(desk.vouchers.insert_missing, in_batch=in_batch, before=before)
        killed.setattr(desk.vouchers, "insert_missing", insert)
        with pytest.raises(ExceptionGroup) as failed:
            await desk.room.mint_vouchers()
    assert failed.group_contains(Killed)
    half = await desk.read(campaign)
    there = {voucher.id for voucher in desk.vouchers.all}
    assert half.state is CampaignState.MINTING
    assert half.minted <= len(there) < campaign.terms.stock or not before

    await desk.room.mint_vouchers()

    assert (await desk.read(campaign)).state is CampaignState.LIVE
    assert there <= {voucher.id for voucher in desk.vouchers.all}
    assert len(desk.vouchers.all) == campaign.terms.stock


async def test_what_was_noted_but_is_not_there_is_made_again(desk: Desk) -> None:
    campaign = await desk.approved()
    await desk.campaigns.change(campaign.community_id, campaign.id, Campaign.begin_minting)
    await desk.campaigns.change(
        campaign.community_id, campaign.id, lambda minting: minting.note_minted(15)
    )

    await desk.room.mint_vouchers()

    assert len(desk.vouchers.all) == campaign.terms.stock
    assert (await desk.read(campaign)).state is CampaignState.LIVE


async def test_a_campaign_that_fails_holds_up_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await desk.approved(), await desk.drafted(request_id="c-2")

    await desk.approve(second, by=SECRETARY)
    insert = desk.vouchers.insert_missing

    async def fails_for_the_first(campaign: Campaign, slots: range) -> int:
        if campaign.id == first.id:
            raise Killed
        return await insert(campaign, slots)

    monkeypatch.setattr(desk.vouchers, "insert_missing", fails_for_the_first)

    with pytest.raises(ExceptionGroup):
        await desk.room.mint_vouchers()

    assert (await desk.read(second)).state is CampaignState.LIVE
    assert (await desk.read(first)).state is CampaignState.MINTING


async def test_a_small_campaign_does_not_wait_for_a_large_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = await desk.approved(stock=BATCH * 15, face_value_fen=1)
    small = await desk.drafted(request_id="c-2")
    await desk.approve(small, by=SECRETARY)
    minted_when_small_was_live = []
    insert = desk.vouchers.insert_missing

    async def watched(campaign: Campaign, slots: range) -> int:
        if campaign.id == large.id and (await desk.read(small)).state is CampaignState.LIVE:
            minted_when_small_was_live.append(slots.start)
        return await insert(campaign, slots)

    monkeypatch.setattr(desk.vouchers, "insert_missing", watched)

    await desk.room.mint_vouchers()

    assert minted_when_small_was_live
    assert (await desk.read(large)).state is CampaignState.LIVE


async def test_a_pause_is_carried_while_another_is_made(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = await desk.live()
    large = await desk.drafted(request_id="c-2", stock=BATCH * 8, face_value_fen=1)
    await desk.approve(large, by=SECRETARY)
    has_work = []
    insert = desk.vouchers.insert_missing

    async def watched(campaign: Campaign, slots: range) -> int:
        if slots.start == 0:
            await desk.room.pause(SECRETARY, live.id, request=desk.request())
        has_work.append((await desk.read(live)).has_work)
        return await insert(campaign, slots)

    monkeypatch.setattr(desk.vouchers, "insert_missing", watched)

    await desk.room.mint_vouchers()

    assert has_work == [True] + [False] * 7


async def test_many_that_fail_starve_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = [await desk.drafted(request_id=f"c-{number}") for number in range(45)]
    for campaign in waiting:
        await desk.approve(campaign, by=SECRETARY)
    insert = desk.vouchers.insert_missing

    async def only_the_last(campaign: Campaign, slots: range) -> int:
        if campaign.id != waiting[-1].id:
            raise Killed
        return await insert(campaign, slots)

    monkeypatch.setattr(desk.vouchers, "insert_missing", only_the_last)

    with pytest.raises(ExceptionGroup):
        await desk.room.mint_vouchers()

    assert (await desk.read(waiting[-1])).state is CampaignState.LIVE


async def test_nothing_is_made_of_a_draft(desk: Desk) -> None:
    await desk.drafted()

    await desk.room.mint_vouchers()

    assert desk.vouchers.all == []


async def test_a_change_while_another_is_carried_is_carried_as_well(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:

    campaign = await desk.paused()
    carry = desk.vouchers.carry

    async def resumed_meanwhile(known: Campaign, *, limit: int) -> int:
        monkeypatch.setattr(desk.vouchers, "carry", carry)
        await desk.room.resume(SECRETARY, campaign.id, request=desk.request())
        return await carry(known, limit=limit)

    monkeypatch.setattr(desk.vouchers, "carry", resumed_meanwhile)
    await desk.room.mint_vouchers()

    assert {voucher.is_paused for voucher in desk.vouchers.all} == {False}
    assert not (await desk.read(campaign)).has_work
