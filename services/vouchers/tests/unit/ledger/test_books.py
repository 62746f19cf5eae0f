"""The books: entries that balance, a chain that shows what was done to it, a sealer that dies."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from vouchers.application.ledger.seal_entries import EntryMissing
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.ledger import posting
from vouchers.domain.ledger.chain import Head, link_of, sealed
from vouchers.domain.ledger.entry import EntryKind, LedgerEntry, Leg, is_balanced
from vouchers.domain.ledger.errors import Unbalanced
from vouchers.domain.ledger.verification import BadEntry

from ...neighbourhood import COMMUNITY, LEDGER_HASH, Neighbourhood

SLIP = posting.TillSlip("voucher_1", "campaign_1", "use_1", "merchant_1", "store_1")


@given(st.integers(1, 10**12))
def test_every_kind_of_entry_comes_to_zero(amount_fen: int) -> None:
    at = Neighbourhood().clock()
    postings = [
        posting.reserved("campaign_1", "funder_1", amount_fen, at),
        posting.released("campaign_1", "funder_1", amount_fen, at),
        posting.claimed("campaign_1", "voucher_1", amount_fen, at),
        posting.redeemed(SLIP, amount_fen, at),
        posting.taken_back(SLIP, amount_fen, at),
        posting.expired("campaign_1", "voucher_1", amount_fen, at),
    ]

    assert {each.kind for each in postings} == set(EntryKind)
    assert all(sum(leg.amount_fen for leg in each.legs) == 0 for each in postings)
    assert all(max(leg.amount_fen for leg in each.legs) == amount_fen for each in postings)


@pytest.mark.parametrize("amount_fen", [0, -1])
def test_nothing_and_less_is_not_entered(amount_fen: int) -> None:
    with pytest.raises(Unbalanced):
        posting.claimed("campaign_1", "voucher_1", amount_fen, Neighbourhood().clock())


async def a_day(here: Neighbourhood, people: int = 5) -> Campaign:
    """Some claim, one uses; all of it is entered."""
    campaign = await here.campaign()
    await here.merchant()
    holders = [await here.neighbour(f"邻居{number}") for number in range(people)]
    vouchers = [await here.claimed(holder, campaign) for holder in holders]
    await here.redeemed(holders[0], vouchers[0])
    await here.post_told(campaign)
    return campaign


def kept(here: Neighbourhood) -> dict[str, LedgerEntry]:
    entries: dict[str, LedgerEntry] = here.stores.entries.entries
    return entries


async def test_what_is_told_again_is_entered_once(here: Neighbourhood) -> None:
    campaign = await a_day(here)
    before = dict(kept(here))
    here.clock.advance(hours=1)

    await here.post_told(campaign)

    assert kept(here) == before
    assert all(is_balanced(entry) for entry in before.values())


async def test_sealed_books_are_whole_and_say_what_the_vouchers_say(here: Neighbourhood) -> None:
    await a_day(here)

    assert await here.seal() == 7
    assert await here.seal() == 0
    (report,) = await here.verify()
    assert (report.is_whole, report.sealed_through, report.unsealed) == (True, 7, 0)
    (figures,) = report.campaigns.values()
    assert figures.agrees
    assert (figures.reserved_fen, figures.claimed_fen) == (50_000, 10_000)
    assert (figures.open_fen, figures.used_fen) == (8_000, 2_000)


def with_leg(entry: LedgerEntry) -> LedgerEntry:
    return msgspec.structs.replace(entry, legs=(*entry.legs, Leg("merchant:me", 1)))


def with_amount(entry: LedgerEntry) -> LedgerEntry:
    return msgspec.structs.replace(entry, amount_fen=entry.amount_fen + 1)


def with_merchant(entry: LedgerEntry) -> LedgerEntry:
    return msgspec.structs.replace(entry, merchant_id="merchant_me")


@pytest.mark.parametrize("forge", [with_leg, with_amount, with_merchant])
async def test_a_changed_entry_is_named(here: Neighbourhood, forge: Any) -> None:
    await a_day(here)
    await here.seal()
    entry = next(each for each in kept(here).values() if each.seq == 4)
    kept(here)[entry.id] = forge(entry)

    (report,) = await here.verify()

    assert report.bad_entry is not None
    assert (report.bad_entry.seq, report.bad_entry.entry_id) == (4, entry.id)


@pytest.mark.parametrize("seq", [1, 4, 7])
async def test_a_missing_entry_is_named(here: Neighbourhood, seq: int) -> None:
    await a_day(here)
    await here.seal()
    entry = next(each for each in kept(here).values() if each.seq == seq)
    del kept(here)[entry.id]

    (report,) = await here.verify()

    assert report.bad_entry is not None
    assert report.bad_entry.seq == seq


async def test_an_event_that_is_not_entered_yet_is_awaited_and_not_called_broken(
    here: Neighbourhood,
) -> None:
    campaign = await a_day(here)
    await here.claimed(await here.neighbour("后来的人"), campaign)

    (report,) = await here.verify()

    assert (report.is_whole, report.awaited, report.disagreeing) == (True, 1, [])


async def test_a_voucher_that_was_changed_by_hand_disagrees(here: Neighbourhood) -> None:
    await a_day(here)
    kept_voucher = next(each for each in here.stores.vouchers._kept.values() if each.aggregate.uses)
    kept_voucher.aggregate = msgspec.structs.replace(
        kept_voucher.aggregate, remaining_fen=2_000, uses=()
    )

    (report,) = await here.verify()

    assert [each.agrees for each in report.disagreeing] == [False]


async def test_an_event_that_never_arrives_is_lost_and_not_on_its_way(
    here: Neighbourhood,
) -> None:
    campaign = await a_day(here)
    await here.claimed(await here.neighbour("后来的人"), campaign)
    here.clock.advance(minutes=15, seconds=1)

    (report,) = await here.verify()

    assert report.lost == 1
    assert [each.campaign_id for each in report.disagreeing] == [campaign.id]


async def test_the_last_entry_taken_out_with_the_head_set_back_is_noticed(
    here: Neighbourhood,
) -> None:
    await a_day(here)
    await here.seal()
    last = next(each for each in kept(here).values() if each.seq == 7)
    before = next(each for each in kept(here).values() if each.seq == 6)
    del kept(here)[last.id]
    heads = here.stores.heads.heads
    heads[COMMUNITY] = msgspec.structs.replace(heads[COMMUNITY], seq=6, link=before.link)

    (report,) = await here.verify()

    assert report.bad_entry == BadEntry(6, None, "the head was written by another hand")


@pytest.mark.parametrize("sealed_before", [True, False])
async def test_books_without_their_head_are_broken(
    here: Neighbourhood, sealed_before: bool
) -> None:
    await a_day(here)
    if sealed_before:
        await here.seal()
    here.stores.heads.heads.clear()

    (report,) = await here.verify()

    assert report.bad_entry is not None
    assert report.bad_entry.seq == 1


async def test_books_that_are_gone_altogether_are_missed(here: Neighbourhood) -> None:
    await a_day(here)
    here.stores.heads.heads.clear()
    kept(here).clear()
    here.clock.advance(hours=1)

    (report,) = await here.verify()

    assert report.lost == 7
    assert report.disagreeing


async def test_a_campaign_without_claims_is_looked_at(here: Neighbourhood) -> None:
    campaign = await here.campaign()
    await here.post_told(campaign)
    (entry,) = kept(here).values()
    kept(here)[entry.id] = msgspec.structs.replace(
        entry, amount_fen=1, legs=(Leg("funder:1", -1), Leg(f"campaign:{campaign.id}", 1))
    )

    (report,) = await here.verify()

    assert (report.is_whole, report.awaited) == (True, 0)
    assert [each.campaign_id for each in report.disagreeing] == [campaign.id]


async def test_a_community_whose_books_are_broken_holds_up_no_other(here: Neighbourhood) -> None:
    broken, whole = "community_a", "community_b"
    for community_id in (broken, whole):
        slip = posting.reserved(f"campaign_{community_id}", "funder_1", 5, here.clock())
        await here.post(community_id, f"event_{community_id}", slip)
    head = await here.stores.heads.find(broken)
    await here.stores.heads.replace(msgspec.structs.replace(head, plan=("entry_gone",)))

    for _ in range(3):
        with pytest.raises(ExceptionGroup) as failed:
            await here.seal()
        assert [type(each) for each in failed.value.exceptions] == [EntryMissing]

    assert (await here.stores.heads.find(whole)).seq == 1
    assert (await here.stores.heads.find(broken)).seq == 0


def test_a_link_stays_what_it_was_when_an_entry_gets_more_fields() -> None:
    class Later(LedgerEntry, frozen=True, kw_only=True):
        settlement_id: str | None = None

    at = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)
    said = posting.redeemed(SLIP, 1_234, at)
    fields: dict[str, Any] = {
        "id": "entry_1",
        "community_id": COMMUNITY,
        "event_id": "event_1",
        "kind": said.kind,
        "campaign_id": said.campaign_id,
        "amount_fen": said.amount_fen,
        "legs": said.legs,
        "occurred_at": at,
        "posted_at": at,
        "voucher_id": said.voucher_id,
        "use_id": said.use_id,
        "merchant_id": said.merchant_id,
        "store_id": said.store_id,
        "seq": 7,
    }

    links = {link_of(LEDGER_HASH, kind(**fields), "before") for kind in (LedgerEntry, Later)}

    assert links == {"v1:ea90a02adb028a8f9c92f20f8f1900cac86c8ba1b7d2818c123ae265325cdd32"}


class Killed(BaseException):
    """The process is gone."""


def dying(port: Any, name: str, *, before: bool) -> Callable[[], None]:
    """Let the next call of a port kill the process, before it writes or after. Returns: undo."""
    does = getattr(port, name)

    async def call(*args: Any, **named: Any) -> Any:
        if not before:
            await does(*args, **named)
        raise Killed

    setattr(port, name, call)
    return lambda: setattr(port, name, does)


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("place", ["plan", "seal", "advance"])
async def test_a_sealer_killed_anywhere_is_followed_up(
    here: Neighbourhood, place: str, before: bool
) -> None:
    await a_day(here)
    entries, heads = here.stores.entries, here.stores.heads
    if place == "advance":
        plan = tuple(entry.id for entry in await entries.unsealed(COMMUNITY, limit=200))
        head = await heads.find(COMMUNITY)
        await heads.replace(msgspec.structs.replace(head, plan=plan))
    revive = dying(*((entries, "seal") if place == "seal" else (heads, "replace")), before=before)
    with pytest.raises(Killed):
        await here.seal()
    revive()

    await here.seal()

    (report,) = await here.verify()
    assert (report.is_whole, report.sealed_through, report.unsealed) == (True, 7, 0)


async def test_a_sealer_half_way_through_a_batch_is_followed_up(here: Neighbourhood) -> None:
    await a_day(here)
    plan = tuple(entry.id for entry in await here.stores.entries.unsealed(COMMUNITY, limit=200))
    begun = await here.stores.heads.find(COMMUNITY)
    head = await here.stores.heads.replace(msgspec.structs.replace(begun, plan=plan))
    assert isinstance(head, Head)
    chain = sealed(LEDGER_HASH, head, [kept(here)[id_] for id_ in plan])
    await here.stores.entries.seal(COMMUNITY, chain[:3])

    assert await here.seal() == 7
    (report,) = await here.verify()
    assert (report.is_whole, report.sealed_through) == (True, 7)


async def test_two_sealers_give_the_same_numbers(here: Neighbourhood) -> None:
    await a_day(here)
    stale_head = await here.stores.heads.find(COMMUNITY)

    await here.seal()
    numbered = {entry.id: entry.seq for entry in kept(here).values()}
    assert await here.stores.heads.replace(stale_head) is None
    await here.seal()

    assert {entry.id: entry.seq for entry in kept(here).values()} == numbered


async def test_the_end_of_a_campaign_gives_back_what_was_not_claimed_once(
    here: Neighbourhood,
) -> None:
    campaign = await a_day(here)
    await here.end(campaign)

    for _ in range(2):
        await here.release(COMMUNITY, "event_1", campaign_id=campaign.id, at=here.clock())

    (entry,) = [e for e in kept(here).values() if e.kind is EntryKind.BUDGET_RELEASED]
    assert entry.amount_fen == 50_000 - 5 * 2_000
    (report,) = await here.verify()
    (figures,) = report.campaigns.values()
    assert figures.agrees
    assert figures.booked_campaign_fen == 0
