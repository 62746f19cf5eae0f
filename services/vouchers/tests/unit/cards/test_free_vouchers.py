"""One look finds vouchers for many, and each is tried by one."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from chassis.joined_reads import JoinedReads
from vouchers.application.cards.free_vouchers import FreeVouchers, looks_at
from vouchers.application.cards.ports import Candidate, Look
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.cards.errors import SoldOut
from vouchers.domain.cards.voucher import Voucher

from ...neighbourhood import Neighbourhood, distinct


class Looks:
    """Counts what is looked for, and can find nothing new."""

    def __init__(self, here: Neighbourhood) -> None:
        self._look = looks_at(here.stores.vouchers, here.clock, lambda: 0)
        self.count = 0
        self.finds_nothing = False

    async def __call__(self, community_id: str, campaign_ids: Sequence[str]) -> Mapping[str, Look]:
        self.count += 1
        await asyncio.sleep(0)
        if self.finds_nothing:
            return {campaign_id: Look([]) for campaign_id in campaign_ids}
        return await self._look(community_id, campaign_ids)


@pytest.fixture
def looks(here: Neighbourhood) -> Looks:
    return Looks(here)


@pytest.fixture
def free(here: Neighbourhood, looks: Looks) -> FreeVouchers:
    return FreeVouchers(JoinedReads(looks).by_id, here.clock)


async def many(free: FreeVouchers, campaign: Campaign, count: int) -> list[Candidate]:
    """Candidates for so many at once."""
    return list(await asyncio.gather(*(free.next(campaign) for _ in range(count))))


async def test_twenty_at_once_are_shown_one_each_by_one_look(
    here: Neighbourhood, looks: Looks, free: FreeVouchers
) -> None:
    campaign = await here.campaign(stock=20)

    found = await many(free, campaign, 20)

    assert distinct([each.voucher.id for each in found]) == 20
    assert looks.count == 1


async def test_more_at_once_than_a_look_found_share_the_next_look(
    here: Neighbourhood, looks: Looks, free: FreeVouchers
) -> None:
    campaign = await here.campaign(stock=20)

    found = await many(free, campaign, 30)

    assert distinct([each.voucher.id for each in found[:20]]) == 20
    assert looks.count == 2


async def test_nobody_is_told_that_all_is_gone_by_an_old_look(
    here: Neighbourhood, looks: Looks, free: FreeVouchers
) -> None:
    campaign = await here.campaign(stock=1)
    await free.next(campaign)
    looks.finds_nothing = True

    for looked in (2, 3):
        with pytest.raises(SoldOut):
            await free.next(campaign)
        assert looks.count == looked


async def test_what_was_found_is_not_kept_for_long(
    here: Neighbourhood, looks: Looks, free: FreeVouchers
) -> None:
    campaign = await here.campaign(stock=20)
    await free.next(campaign)
    here.clock.advance(seconds=3)

    await free.next(campaign)

    assert looks.count == 2


async def test_one_that_was_not_taken_is_for_another(
    here: Neighbourhood, looks: Looks, free: FreeVouchers
) -> None:
    campaign = await here.campaign(stock=1)
    candidate = await free.next(campaign)

    free.give_back(campaign, candidate)

    assert await free.next(campaign) == candidate
    assert looks.count == 1


async def test_a_first_claim_is_one_write_and_reads_nothing_of_the_persons(
    here: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, anna = await here.campaign(), await here.neighbour("安娜")
    asked: list[str] = []

    def counted(store: Any, name: str) -> None:
        call = getattr(store, name)

        async def counting(*args: Any, **options: Any) -> Any:
            asked.append(name)
            return await call(*args, **options)

        monkeypatch.setattr(store, name, counting)

    for name in ("claimable", "take", "held", "of_claim", "get_many"):
        counted(here.stores.vouchers, name)
    writes = here.stores.vouchers.writes

    assert isinstance(await here.claimed(anna, campaign), Voucher)

    assert asked == ["claimable", "take"]
    assert here.stores.vouchers.writes == writes + 1
