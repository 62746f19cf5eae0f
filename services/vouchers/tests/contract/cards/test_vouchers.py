"""Vouchers in memory and in MongoDB, by either driver: the same promises."""

import asyncio
from typing import Any

import msgspec
import pytest
from chassis.ids import derived_id
from vouchers.application.cards.ports import (
    AccountNthTaken,
    ClaimKeyTaken,
    Held,
    MthTaken,
    NthTaken,
    UseIdTaken,
)
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.campaigns.terms import CampaignKind
from vouchers.domain.cards.errors import (
    CampaignPaused,
    CodeAlreadyUsed,
    HouseholdCapReached,
    PersonCapReached,
    SoldOut,
    VoucherNotFound,
)
from vouchers.domain.cards.uses import UseOrder
from vouchers.domain.cards.voucher import (
    Changed,
    Claim,
    Holder,
    How,
    Voucher,
    VoucherState,
)

from ...neighbourhood import COMMUNITY, ELSEWHERE, Neighbourhood, distinct, merchant_actor, order

CARD: dict[str, Any] = {"kind": CampaignKind.WELFARE_CARD, "minimum_spend_fen": 0}


def claiming(here: Neighbourhood, **changed: Any) -> Any:
    """A transition that claims a voucher for Anna of 1-101."""
    fields = {"person": "安娜", "household": "1-101", "key": "claim_1", "nth": 1, "mth": 1}
    wanted = {**fields, **changed}
    claim = Claim(
        key=wanted["key"],
        holder=Holder(wanted["person"], wanted["household"], "account_1"),
        how=How.CLAIM,
        nth=wanted["nth"],
        mth=wanted["mth"],
        account_nth=wanted.get("account_nth"),
    )
    at = here.clock()

    def transition(voucher: Voucher) -> Changed:
        return voucher.claim(claim, at)

    return transition


async def slots(here: Neighbourhood, campaign: Campaign) -> list[str]:
    """The vouchers that can be claimed."""
    look = await here.stores.vouchers.claimable(COMMUNITY, campaign.id, here.clock(), lot=0)
    return [candidate.voucher.id for candidate in look.candidates]


async def test_minting_again_makes_nothing_twice(here: Neighbourhood) -> None:
    campaign = await here.campaign(stock=12)

    assert await here.stores.vouchers.insert_missing(campaign, range(12)) == 0
    assert await here.stores.vouchers.count(campaign) == 12
    assert len(await slots(here, campaign)) == 12


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"key": "claim_2", "household": "2-202"}, NthTaken),
        ({"key": "claim_2", "person": "保罗"}, MthTaken),
        ({"person": "保罗", "household": "2-202"}, ClaimKeyTaken),
        (
            {"key": "claim_2", "person": "保罗", "household": "2-202", "account_nth": 1},
            AccountNthTaken,
        ),
    ],
)
async def test_only_one_of_each(
    here: Neighbourhood, changed: dict[str, Any], refusal: type[Exception]
) -> None:
    campaign = await here.campaign()
    first, second, *_ = await slots(here, campaign)
    await here.stores.vouchers.change(COMMUNITY, first, claiming(here, account_nth=1))

    with pytest.raises(refusal):
        await here.stores.vouchers.change(COMMUNITY, second, claiming(here, **changed))

    untouched = await here.stores.vouchers.get(COMMUNITY, second)
    assert (untouched.state, untouched.person_key) == (VoucherState.AVAILABLE, None)


async def test_what_one_index_refused_has_left_nothing_in_the_others(here: Neighbourhood) -> None:
    campaign = await here.campaign()
    first, second, third, *_ = await slots(here, campaign)
    await here.stores.vouchers.change(COMMUNITY, first, claiming(here))
    with pytest.raises(MthTaken):
        await here.stores.vouchers.change(
            COMMUNITY, second, claiming(here, person="保罗", key="claim_2")
        )

    paul = claiming(here, person="保罗", key="claim_2", mth=2)
    claimed = await here.stores.vouchers.change(COMMUNITY, third, paul)

    assert (claimed.nth, claimed.mth) == (1, 2)


async def test_who_has_no_household_is_in_nobodys_way(here: Neighbourhood) -> None:
    campaign = await here.campaign()
    first, second, *_ = await slots(here, campaign)

    for voucher_id, name in ((first, "安娜"), (second, "保罗")):
        alone = claiming(here, person=name, key=f"claim_{name}", household=None, mth=None)
        await here.stores.vouchers.change(COMMUNITY, voucher_id, alone)

    assert await here.stores.counts.claimed_count(COMMUNITY, campaign.id) == 2


async def test_an_order_is_heard_by_one_voucher(here: Neighbourhood) -> None:
    campaign = await here.campaign(**CARD)
    first, second, *_ = await slots(here, campaign)
    await here.stores.vouchers.change(COMMUNITY, first, claiming(here))
    other = claiming(here, person="保罗", household="2-202", key="claim_2")
    await here.stores.vouchers.change(COMMUNITY, second, other)
    use = UseOrder(
        use_id="use_1", input_hash="1", merchant_id="merchant_1", store_id="store_1",
        bill_fen=100, amount_fen=None, code_step=1, by="account_1",
    )  # fmt: skip
    await here.stores.vouchers.change(COMMUNITY, first, lambda v: v.use(use, here.clock()))

    with pytest.raises(UseIdTaken):
        await here.stores.vouchers.change(COMMUNITY, second, lambda v: v.use(use, here.clock()))

    found = await here.stores.vouchers.of_use(COMMUNITY, "use_1")
    assert found is not None
    assert found.id == first
    assert (await here.stores.vouchers.get(COMMUNITY, second)).uses == ()


async def test_everything_is_of_one_community(here: Neighbourhood) -> None:
    campaign = await here.campaign()
    await here.merchant()
    anna = await here.neighbour("安娜")
    voucher = await here.claimed(anna, campaign)
    use = (await here.redeemed(anna, voucher)).use
    kept, there = here.stores.vouchers, ELSEWHERE
    key = voucher.claim_key or ""

    assert await kept.of_claim(COMMUNITY, key) is not None
    assert await kept.of_claim(there, key) is None
    assert await kept.of_use(there, use.id) is None
    assert await kept.of_lookup_number(there, voucher.lookup_number) == []
    nobody = Holder(voucher.person_key or "", voucher.household_id, voucher.account_id)
    assert await kept.held(there, campaign.id, nobody) == Held(0, 0, 0)
    assert await kept.held_of(there, nobody) == {}
    assert await kept.with_some_left(there, [campaign.id], here.clock()) == set()
    assert list((await kept.claimable(there, campaign.id, here.clock(), lot=0)).candidates) == []
    holder = Holder(voucher.person_key or "", None, anna.account_id)
    page = await kept.of_holder(there, holder, first=5, after=None)
    assert page.items == []
    with pytest.raises(VoucherNotFound):
        await kept.get(there, voucher.id)


async def test_a_list_of_ones_own_is_paged_the_latest_first(here: Neighbourhood) -> None:
    campaign = await here.campaign(per_person=5, per_household=5)
    anna = await here.neighbour("安娜")
    claimed = []
    for number in range(5):
        here.clock.advance(minutes=1)
        claimed.append((await here.claimed(anna, campaign, request=str(number))).id)

    first = await here.read.listed(anna, first=3, after=None)
    rest = await here.read.listed(anna, first=3, after=first.cursors[-1])

    assert [each.id for each in (*first.items, *rest.items)] == claimed[::-1]
    assert (first.has_next_page, rest.has_next_page) == (True, False)


async def test_a_pause_is_carried_to_every_voucher_and_an_end_too(here: Neighbourhood) -> None:
    campaign = await here.campaign(stock=5)
    await here.pause(campaign)
    paused = await here.changed(campaign.id)

    assert await here.stores.vouchers.carry(paused, limit=3) == 3
    assert await here.stores.vouchers.carry(paused, limit=3) == 2
    assert await here.stores.vouchers.carry(paused, limit=3) == 0
    (voucher_id, *_) = await slots(here, campaign)
    with pytest.raises(CampaignPaused):
        await here.stores.vouchers.change(COMMUNITY, voucher_id, claiming(here))


async def test_sixty_at_once_get_the_twelve_there_are(here: Neighbourhood) -> None:
    campaign = await here.campaign(stock=12)
    people = [await here.neighbour(f"邻居{number}") for number in range(60)]

    outcomes = await asyncio.gather(
        *(here.claimed(each, campaign) for each in people), return_exceptions=True
    )

    won = [each for each in outcomes if isinstance(each, Voucher)]
    assert len(won) == distinct([each.id for each in won]) == 12
    assert {type(each) for each in outcomes} == {Voucher, SoldOut}


async def test_one_person_at_twenty_phones_gets_what_one_person_may(here: Neighbourhood) -> None:
    campaign = await here.campaign(per_person=2, per_household=2)
    anna = await here.neighbour("安娜")

    outcomes = await asyncio.gather(
        *(here.claimed(anna, campaign, request=str(number)) for number in range(20)),
        return_exceptions=True,
    )

    won = [each for each in outcomes if isinstance(each, Voucher)]
    assert sorted(each.nth or 0 for each in won) == [1, 2]
    assert {type(each) for each in outcomes} <= {Voucher, PersonCapReached, HouseholdCapReached}


async def test_one_household_gets_what_one_household_may(here: Neighbourhood) -> None:
    campaign = await here.campaign()
    family = [await here.neighbour(f"家人{number}", household="1-101") for number in range(10)]

    outcomes = await asyncio.gather(
        *(here.claimed(each, campaign) for each in family), return_exceptions=True
    )

    assert sum(isinstance(each, Voucher) for each in outcomes) == 2
    assert {type(each) for each in outcomes} == {Voucher, HouseholdCapReached}


async def test_the_same_request_twenty_times_at_once_is_one_claim(here: Neighbourhood) -> None:
    campaign = await here.campaign(per_person=20, per_household=20)
    anna = await here.neighbour("安娜")

    vouchers = await asyncio.gather(*(here.claimed(anna, campaign) for _ in range(20)))

    assert distinct([each.id for each in vouchers]) == 1
    assert await here.stores.counts.claimed_count(COMMUNITY, campaign.id) == 1


async def test_the_same_request_twenty_times_at_once_for_the_last_one_is_one_claim(
    here: Neighbourhood,
) -> None:
    campaign = await here.campaign(stock=1, per_person=1, per_household=1)
    anna = await here.neighbour("安娜")

    vouchers = await asyncio.gather(*(here.claimed(anna, campaign) for _ in range(20)))

    assert distinct([each.id for each in vouchers]) == 1


async def test_what_was_read_is_taken_unless_somebody_wrote_since(here: Neighbourhood) -> None:
    campaign = await here.campaign(stock=2)
    kept = here.stores.vouchers
    look = await kept.claimable(COMMUNITY, campaign.id, here.clock(), lot=0)
    first, second = look.candidates

    taken = await kept.take(first, claiming(here, account_nth=1))
    paul = claiming(here, person="保罗", household="2-202", key="claim_2")
    assert await kept.take(first, paul) is None

    assert taken == await kept.get(COMMUNITY, first.voucher.id)
    assert (taken.person_key, taken.version) == ("安娜", first.voucher.version + 1)
    with pytest.raises(NthTaken):
        await kept.take(second, claiming(here, key="claim_3", household="3-303"))
    assert await kept.get(COMMUNITY, second.voucher.id) == second.voucher


async def test_what_is_not_released_yet_is_no_candidate_and_its_time_is_known(
    here: Neighbourhood,
) -> None:
    campaign = await here.campaign(stock=2, daily_stock=1)
    kept, begins = here.stores.vouchers, campaign.terms.claim_from

    now = await kept.claimable(COMMUNITY, campaign.id, here.clock(), lot=0)
    (only,) = now.candidates
    assert (only.voucher.slot, now.next_release) == (0, None)
    await kept.take(only, claiming(here))
    later = await kept.claimable(COMMUNITY, campaign.id, here.clock(), lot=0)
    assert list(later.candidates) == []
    assert later.next_release is not None
    assert later.next_release > begins
    tomorrow = await kept.claimable(COMMUNITY, campaign.id, later.next_release, lot=0)
    assert [candidate.voucher.slot for candidate in tomorrow.candidates] == [1]
    assert await kept.with_some_left(COMMUNITY, [campaign.id], here.clock()) == set()
    assert await kept.with_some_left(COMMUNITY, [campaign.id], later.next_release) == {campaign.id}


async def test_the_same_redemption_twenty_times_at_once_is_one_use(here: Neighbourhood) -> None:
    campaign = await here.campaign(**CARD)
    await here.merchant()
    anna, till = await here.neighbour("安娜"), merchant_actor()
    voucher = await here.claimed(anna, campaign)
    asked = order(till, await here.code(anna, voucher), bill_fen=700)

    answers = await asyncio.gather(*(here.till.redeem(till, asked) for _ in range(20)))

    assert distinct([each.use for each in answers]) == 1
    assert (await here.voucher(voucher)).remaining_fen == 2_000 - 700


async def test_one_code_under_ten_keys_at_once_is_one_use(here: Neighbourhood) -> None:
    campaign = await here.campaign(**CARD)
    await here.merchant()
    anna, till = await here.neighbour("安娜"), merchant_actor()
    voucher = await here.claimed(anna, campaign)
    code = await here.code(anna, voucher)

    outcomes = await asyncio.gather(
        *(
            here.till.redeem(till, order(till, code, key=f"key-{number}", bill_fen=100))
            for number in range(10)
        ),
        return_exceptions=True,
    )

    assert sum(not isinstance(each, Exception) for each in outcomes) == 1
    assert {type(e) for e in outcomes if isinstance(e, Exception)} == {CodeAlreadyUsed}
    assert len((await here.voucher(voucher)).uses) == 1


async def test_expiry_takes_all_that_are_due_and_no_other(here: Neighbourhood) -> None:
    due, later = await here.campaign(), await here.campaign("later")
    anna = await here.neighbour("安娜")
    voucher = await here.claimed(anna, due)
    here.clock.advance(days=1)
    lasting = await here.claimed(anna, later, request="2")
    here.clock.at = voucher.usable_until
    await here.stores.vouchers.change(COMMUNITY, lasting.id, lambda v: (_longer(v), ()))

    assert await here.expire.count_due() == 1
    assert await here.expire() == 1
    assert await here.expire.count_due() == 0
    assert (await here.voucher(voucher)).state is VoucherState.EXPIRED
    assert (await here.voucher(lasting)).state is VoucherState.CLAIMED


def _longer(voucher: Voucher) -> Voucher:
    return msgspec.structs.replace(voucher, usable_until=voucher.usable_until.replace(year=2027))


async def test_the_figures_are_those_of_the_vouchers(here: Neighbourhood) -> None:
    campaign = await here.campaign(**CARD, per_person=3, per_household=3)
    await here.merchant()
    anna, paul = await here.neighbour("安娜"), await here.neighbour("保罗")
    cards = [await here.claimed(anna, campaign, request=str(number)) for number in range(2)]
    pauls = await here.claimed(paul, campaign)
    await here.redeemed(anna, cards[0], bill_fen=500, key="1")
    await here.redeemed(anna, cards[1], bill_fen=300, key="2")
    await here.redeemed(paul, pauls, bill_fen=100, key="3")

    sums = await here.stores.counts.sums(COMMUNITY)
    assert (sums.claimed, sums.face_value_fen, sums.open_fen) == (3, 6_000, 5_100)
    assert (sums.redeemed_fen, sums.expired_fen) == (900, 0)
    (customers,) = await here.stores.counts.customers(COMMUNITY)
    assert (customers.new, customers.returning) == (1, 1)
    assert await here.stores.counts.used_count(COMMUNITY) == 3
    first = await here.stores.counts.used(COMMUNITY, first=2, after=None)
    rest = await here.stores.counts.used(COMMUNITY, first=2, after=first.cursors[-1])
    assert {each.id for each in (*first.items, *rest.items)} == {
        derived_id("voucher", campaign.id, str(v.slot)) for v in (*cards, pauls)
    }
    held = await here.stores.counts.claimed(COMMUNITY, first=2, after=None)
    rest = await here.stores.counts.claimed(COMMUNITY, first=2, after=held.cursors[-1])
    assert {each.id for each in (*held.items, *rest.items)} == {v.id for v in (*cards, pauls)}
    assert (held.has_next_page, rest.has_next_page) == (True, False)
    assert (await here.stores.counts.sums(ELSEWHERE)).claimed == 0
    assert await here.stores.counts.customers(ELSEWHERE) == []
