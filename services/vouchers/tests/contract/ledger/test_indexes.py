"""Every query about vouchers and books is served by an index, without a sort in memory.

What is really asked is recorded and the store itself explains it. The simpler of the two embedded
stores never walks an index for a sort; there only that each can be explained is asked.
"""

from datetime import timedelta
from typing import Any

import pytest
from chassis.mongo import Document, Store
from chassis.testing import FrozenClock
from chassis.testing_explain import Recorded, assert_indexed, walks_sorted
from vouchers.application.ledger.read_ledger import ReadLedger, StatementOrder
from vouchers.application.ledger.voucher_figures import ReadVoucherFigures
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.campaigns.terms import CampaignKind
from vouchers.domain.cards.voucher import voucher_facts
from vouchers.domain.ledger import posting

from ...neighbourhood import (
    AUDITOR,
    COMMUNITY,
    SECRETARY,
    Neighbourhood,
    merchant_actor,
    posting_of,
)
from ..conftest import stores_in

PEOPLE = 16


class Observed:
    """A neighbourhood in full swing whose reads are explained."""

    def __init__(self, here: Neighbourhood, campaign: Campaign) -> None:
        self.here, self.campaign = here, campaign
        self.plans: list[Document] = []
        kept = here.stores
        for repository in (kept.vouchers, kept.entries, kept.heads, kept.counts, kept.holders):
            repository.collection = Recorded(repository.collection, self.plans)


@pytest.fixture
async def observed(motor: Store, clock: FrozenClock) -> Observed:
    here = Neighbourhood(stores_in(motor, clock), clock)
    terms: dict[str, Any] = {
        "kind": CampaignKind.WELFARE_CARD,
        "minimum_spend_fen": 0,
        "budget_fen": 400_000,
    }
    campaign = await here.campaign(**terms, stock=60, daily_stock=30)
    other = await here.campaign("other", **terms, stock=40)
    await here.merchant()
    for number in range(PEOPLE):
        clock.advance(seconds=1)
        holder = await here.neighbour(f"邻居{number}", household=f"户{number // 2}")
        voucher = await here.claimed(holder, campaign)
        await here.claimed(holder, other, request="other")
        if number % 2:
            await here.redeemed(holder, voucher, key=str(number), bill_fen=100)
        for event in voucher_facts(await here.voucher(voucher)):
            entry = posting_of(event)
            await here.post(COMMUNITY, f"event_{entry.kind}_{entry.key}", entry)
    await here.seal()
    reserved = posting.reserved(campaign.id, campaign.funder_id, 400_000, clock())
    await here.post(COMMUNITY, "event_approved", reserved)
    return Observed(here, campaign)


async def test_claiming_and_using_look_by_index(observed: Observed, motor: Store) -> None:
    here = observed.here
    holder = await here.neighbour("新邻居")
    voucher = await here.claimed(holder, observed.campaign)
    await here.redeemed(holder, voucher, bill_fen=100)
    await here.till.read(merchant_actor(), (await here.voucher(voucher)).uses[0].id)
    await here.read.live(holder)
    first = await here.read.listed(holder, first=5, after=None)
    await here.read.listed(holder, first=5, after=first.cursors[-1])
    before = here.clock() - timedelta(days=1)
    look = await here.stores.vouchers.claimable(COMMUNITY, observed.campaign.id, before, lot=0)
    assert look.next_release is not None

    assert len(observed.plans) > 15
    assert_indexed(observed.plans, strictly=await walks_sorted(motor))


async def test_the_worker_looks_by_index(observed: Observed, motor: Store) -> None:
    here = observed.here
    await here.pause(observed.campaign)
    paused = await here.changed(observed.campaign.id)
    assert await here.stores.vouchers.carry(paused, limit=40) == 40
    assert await here.stores.vouchers.count(paused) == 60
    assert await here.stores.counts.claimed_count(COMMUNITY, paused.id) == PEOPLE
    assert await here.seal() == 1
    here.clock.advance(days=31)
    assert await here.expire.count_due() == 2 * PEOPLE
    assert await here.expire() == 2 * PEOPLE

    assert_indexed(observed.plans, strictly=await walks_sorted(motor))


async def test_books_figures_and_verification_are_read_by_index(
    observed: Observed, motor: Store
) -> None:
    here = observed.here
    kept = here.stores
    figures = ReadVoucherFigures(kept.counts, kept.entries, kept.heads, kept.owed, here.clock)
    books = ReadLedger(kept.entries, kept.merchants)
    period = StatementOrder(None, here.clock() - timedelta(days=1), here.clock())
    till = merchant_actor()

    counted = await figures(SECRETARY)
    await figures.used(SECRETARY, first=5, after=None)
    page = await books.newest_first(AUDITOR, first=5, after=None)
    await books.newest_first(AUDITOR, first=5, after=page.cursors[-1])
    statement = await books.statement(till, period, first=5, after=None)
    await books.statement(till, period, first=5, after=statement.cursors[-1])
    await here.verify()

    assert (counted.used_count, counted.sums.redeemed_fen) == (PEOPLE // 2, PEOPLE // 2 * 100)
    assert counted.budget_fen == 400_000
    assert_indexed(observed.plans, strictly=await walks_sorted(motor))


async def test_a_query_without_an_index_is_caught(observed: Observed) -> None:
    await observed.here.stores.vouchers.collection.find({"slot": 3}, limit=5)

    with pytest.raises(AssertionError, match="COLLSCAN"):
        assert_indexed(observed.plans[-1:], strictly=True)
