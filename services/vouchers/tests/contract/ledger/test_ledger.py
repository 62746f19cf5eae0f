"""The books in memory and in MongoDB: entered once, sealed once, read in pages, told to the fen."""

import asyncio
from datetime import timedelta

from chassis.ids import derived_id
from chassis.testing import REQUESTS
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.cards.uses import ReversalReason
from vouchers.domain.cards.voucher import voucher_facts
from vouchers.domain.ledger import posting
from vouchers.domain.ledger.entry import EntryKind

from ...neighbourhood import CLERK, COMMUNITY, ELSEWHERE, Neighbourhood, posting_of

MERCHANT = derived_id("merchant", "面馆")


def slip(number: int) -> posting.TillSlip:
    return posting.TillSlip(f"voucher_{number}", "campaign_1", f"use_{number}", MERCHANT, "store_1")


async def entered(here: Neighbourhood, count: int = 7) -> None:
    """So many redemptions of 1, 2, 3… fen, a minute apart, and the second taken back."""
    for number in range(1, count + 1):
        here.clock.advance(minutes=1)
        entry = posting.redeemed(slip(number), number, here.clock())
        await here.post(COMMUNITY, f"event_{number}", entry)
    back = posting.taken_back(slip(2), 2, here.clock())
    await here.post(COMMUNITY, "event_back", back)


async def test_what_is_told_twice_is_entered_once(here: Neighbourhood) -> None:
    await entered(here)
    await entered(here)

    assert await here.seal() == 8
    assert await here.seal() == 0


async def test_numbers_have_no_gaps_and_pages_go_from_the_last_to_the_first(
    here: Neighbourhood,
) -> None:
    await entered(here)
    await here.seal()

    first = await here.stores.entries.newest_first(COMMUNITY, first=5, after=None)
    rest = await here.stores.entries.newest_first(
        COMMUNITY, first=5, after=tuple(first.cursors[-1])
    )

    assert [each.seq for each in (*first.items, *rest.items)] == list(range(8, 0, -1))
    assert (first.has_next_page, rest.has_next_page) == (True, False)
    assert (
        list((await here.stores.entries.newest_first(ELSEWHERE, first=5, after=None)).items) == []
    )


async def test_ten_sealers_at_once_make_one_chain(here: Neighbourhood) -> None:
    await entered(here, 40)

    await asyncio.gather(*(here.seal() for _ in range(10)))
    await here.seal()

    (report,) = await here.verify()
    assert (report.is_whole, report.sealed_through, report.unsealed) == (True, 41, 0)


async def test_who_waits_for_the_sealer_is_known(here: Neighbourhood) -> None:
    await entered(here, 3)

    assert await here.stores.entries.unsealed_communities() == [COMMUNITY]
    assert [head.community_id for head in await here.stores.heads.all()] == [COMMUNITY]
    assert await here.stores.heads.find(ELSEWHERE) is None
    await here.seal()
    assert await here.stores.entries.unsealed_communities() == []


async def test_a_statement_is_what_the_books_say_to_the_fen(here: Neighbourhood) -> None:
    begins_at = here.clock()
    await entered(here)
    ends_at = here.clock() + timedelta(seconds=1)
    kept = here.stores.entries

    first = await kept.of_merchant(COMMUNITY, MERCHANT, begins_at, ends_at, first=5, after=None)
    rest = await kept.of_merchant(
        COMMUNITY, MERCHANT, begins_at, ends_at, first=5, after=tuple(first.cursors[-1])
    )
    lines = [*first.items, *rest.items]

    total_fen = await kept.merchant_total_fen(COMMUNITY, MERCHANT, begins_at, ends_at)
    assert total_fen == sum(line.merchant_fen for line in lines) == sum(range(1, 8)) - 2
    assert len(lines) == 8
    middle = begins_at + timedelta(minutes=3)
    assert await kept.merchant_total_fen(COMMUNITY, MERCHANT, begins_at, middle) == 1 + 2
    assert await kept.merchant_total_fen(COMMUNITY, "merchant_other", begins_at, ends_at) == 0
    assert await kept.merchant_total_fen(ELSEWHERE, MERCHANT, begins_at, ends_at) == 0


async def test_what_moved_is_summed_by_kind(here: Neighbourhood) -> None:
    await entered(here)

    moved = await here.stores.entries.moved_fen(COMMUNITY)

    assert dict(moved) == {EntryKind.REDEEMED: sum(range(1, 8)), EntryKind.REVERSED: 2}


async def test_a_whole_campaign_is_in_the_books_as_in_the_vouchers(here: Neighbourhood) -> None:
    campaign = await a_campaigns_life(here)

    (report,) = await here.verify()

    figures = report.of(campaign.id)
    assert (report.is_whole, report.awaited, figures.agrees) == (True, 0, True)
    assert (figures.claimed_fen, figures.used_fen, figures.expired_fen) == (8_000, 4_000, 4_000)
    # What expired stays with the campaign until it is settled.
    assert (figures.booked_campaign_fen, figures.open_fen) == (4_000, 0)


async def test_what_a_used_red_packet_left_cannot_be_used_and_expires_with_it(
    here: Neighbourhood,
) -> None:
    campaign = await here.campaign(minimum_spend_fen=0)
    await here.merchant()
    anna, paul = await here.neighbour("安娜"), await here.neighbour("保罗")
    await here.claimed(paul, campaign)
    used = await here.redeemed(anna, await here.claimed(anna, campaign), bill_fen=100)

    sums = await here.stores.counts.sums(COMMUNITY)
    assert (sums.open_fen, sums.lapsing_fen, sums.expired_fen) == (2_000, 1_900, 0)
    assert (sums.face_value_fen, sums.redeemed_fen) == (4_000, 100)

    reversing = REQUESTS.request_for(CLERK.account_id, "1", use=used.use.id)
    other = ReversalReason.OTHER
    await here.till.reverse(CLERK, used.use.id, reason=other, request=reversing)
    sums = await here.stores.counts.sums(COMMUNITY)
    assert (sums.open_fen, sums.lapsing_fen, sums.redeemed_fen) == (4_000, 0, 0)

    here.clock.advance(seconds=30)
    await here.redeemed(anna, used.voucher, bill_fen=300, key="key-2")
    here.clock.at = campaign.terms.use_until
    await here.expire()
    sums = await here.stores.counts.sums(COMMUNITY)
    assert (sums.open_fen, sums.lapsing_fen, sums.expired_fen) == (0, 0, 3_700)
    assert sums.redeemed_fen == 300


async def a_campaigns_life(here: Neighbourhood) -> Campaign:
    """Claimed, used, expired and ended, and entered as it is told."""
    campaign = await here.campaign()
    await here.merchant()
    holders = [await here.neighbour(f"邻居{number}") for number in range(4)]
    vouchers = [await here.claimed(holder, campaign) for holder in holders]
    for number in range(2):
        await here.redeemed(holders[number], vouchers[number], key=str(number))
    await here.end(campaign)
    await here.mint()
    here.clock.at = campaign.terms.use_until
    assert await here.expire() == 2
    assert campaign.approved_at is not None
    entries = [
        posting.reserved(
            campaign.id, campaign.funder_id, campaign.terms.budget_fen, campaign.approved_at
        )
    ]
    for voucher in vouchers:
        entries += [posting_of(fact) for fact in voucher_facts(await here.voucher(voucher))]
    for entry in entries:
        await here.post(COMMUNITY, derived_id("event", entry.kind, entry.key), entry)
    await here.release(COMMUNITY, "event_end", campaign_id=campaign.id, at=here.clock())
    await here.seal()
    return campaign
