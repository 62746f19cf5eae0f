"""Using at a till, taking back, and expiring."""

import asyncio
from datetime import timedelta

import pytest
from chassis.errors import Forbidden, RequestIdReused
from chassis.testing import REQUESTS
from vouchers.domain.cards.errors import (
    AmountInvalid,
    BillBelowMinimum,
    CampaignPaused,
    CodeAlreadyUsed,
    CodeInvalid,
    IdempotencyKeyReused,
    MerchantNotInCampaign,
    RedemptionAlreadyReversed,
    RedemptionNotFound,
    RemainderTooLow,
    ReversalTooLate,
    StoreNotOfMerchant,
    TooManyUses,
    VoucherExpired,
    VoucherNotFound,
    VoucherSpent,
)
from vouchers.domain.cards.uses import USES_KEPT, ReversalReason
from vouchers.domain.cards.voucher import VoucherState
from vouchers.domain.merchants.errors import MerchantNotApproved
from vouchers.domain.merchants.merchant import MerchantState

from ...neighbourhood import (
    CLERK,
    Neighbourhood,
    distinct,
    merchant_actor,
    order,
    resident,
    store_id,
)
from .shopping import CARD, shopping


async def test_a_card_pays_in_parts_until_nothing_remains(here: Neighbourhood) -> None:
    at_shop = await shopping(here, **CARD)

    for number, bill_fen in enumerate((3_000, 5_000, 9_000)):
        await at_shop.pays(bill_fen=bill_fen, key=f"key-{number}")
        at_shop.next_code()

    spent = await here.voucher(at_shop.voucher)
    assert [use.amount_fen for use in spent.uses] == [3_000, 5_000, 2_000]
    assert spent.state is VoucherState.SPENT


async def test_a_till_that_retries_gets_the_first_answer_even_when_the_code_is_old(
    here: Neighbourhood,
) -> None:
    at_shop = await shopping(here, **CARD)
    till, code = merchant_actor(), await at_shop.code()
    asked = order(till, code, bill_fen=3_000)
    first = await here.till.redeem(till, asked)
    here.clock.advance(minutes=10)
    await at_shop.pays(bill_fen=1_000, key="key-2")

    again = await here.till.redeem(till, asked)

    assert again.use == first.use
    assert len((await here.voucher(at_shop.voucher)).uses) == 2


async def test_twenty_retries_at_once_are_one_use(here: Neighbourhood) -> None:
    at_shop = await shopping(here)
    till = merchant_actor()
    asked = order(till, await at_shop.code())

    answers = await asyncio.gather(*(here.till.redeem(till, asked) for _ in range(20)))

    assert distinct([each.use for each in answers]) == 1
    assert len((await here.voucher(at_shop.voucher)).uses) == 1


async def test_the_same_key_with_another_body_is_refused(here: Neighbourhood) -> None:
    at_shop = await shopping(here, **CARD)
    await at_shop.pays(bill_fen=3_000)
    at_shop.next_code()

    await at_shop.refused(IdempotencyKeyReused, bill_fen=4_000)


async def test_a_key_is_the_merchants_and_finds_the_first_use_when_its_client_was_replaced(
    here: Neighbourhood,
) -> None:
    at_shop = await shopping(here, **CARD)
    old, new, code = merchant_actor(till="1"), merchant_actor(till="2"), await at_shop.code()
    first = await here.till.redeem(old, order(old, code, bill_fen=3_000))
    here.clock.advance(minutes=10)

    again = await here.till.redeem(new, order(new, code, bill_fen=3_000))

    assert again.use == first.use
    assert len((await here.voucher(at_shop.voucher)).uses) == 1
    await at_shop.refused(IdempotencyKeyReused, till=new, bill_fen=3_000)


async def test_two_merchants_may_choose_the_same_key(here: Neighbourhood) -> None:
    at_shop = await shopping(here, **CARD)
    await here.merchant("书店")
    await at_shop.pays(bill_fen=3_000)
    at_shop.next_code()

    await at_shop.pays(bill_fen=3_000, till=merchant_actor("书店"), store=store_id("书店"))
    assert len((await here.voucher(at_shop.voucher)).uses) == 2


async def test_a_code_is_used_once_under_whatever_keys(here: Neighbourhood) -> None:
    at_shop = await shopping(here, **CARD)
    code = await at_shop.code()
    await at_shop.pays(bill_fen=3_000)

    await at_shop.refused(CodeAlreadyUsed, code=code, key="key-2")


async def test_an_older_code_is_not_taken_after_a_newer_one(here: Neighbourhood) -> None:
    at_shop = await shopping(here, **CARD)
    older = await at_shop.code()
    at_shop.next_code()
    await at_shop.pays(bill_fen=3_000)

    await at_shop.refused(CodeAlreadyUsed, code=older, key="key-2")


async def test_a_code_is_good_for_its_half_minute_and_the_next(here: Neighbourhood) -> None:
    at_shop = await shopping(here, **CARD)
    code = await at_shop.code()
    here.clock.advance(seconds=59)
    await here.till.preview(merchant_actor(), code, bill_fen=100)
    here.clock.advance(seconds=1)

    await at_shop.refused(CodeInvalid, code=code)


@pytest.mark.parametrize(
    "forged", ["", "1", "0" * 20, "９" * 20, "12345678901234567890 ", "a" * 20]
)
async def test_a_forged_code_is_refused(here: Neighbourhood, forged: str) -> None:
    at_shop = await shopping(here)

    await at_shop.refused(CodeInvalid, code=forged or " ")


async def test_a_code_with_one_digit_changed_is_refused(here: Neighbourhood) -> None:
    at_shop = await shopping(here)
    code = await at_shop.code()
    changed = code[:-1] + str((int(code[-1]) + 1) % 10)

    await at_shop.refused(CodeInvalid, code=changed)


async def test_a_bill_below_the_minimum_is_refused_and_one_of_just_that_is_not(
    here: Neighbourhood,
) -> None:
    at_shop = await shopping(here)

    await at_shop.refused(BillBelowMinimum, bill_fen=4_999)
    await at_shop.pays(bill_fen=5_000)


@pytest.mark.parametrize("bill_fen", [0, -1, 100_000_001, 2**70])
async def test_a_bill_that_cannot_be_is_refused(here: Neighbourhood, bill_fen: int) -> None:
    at_shop = await shopping(here, **CARD)

    await at_shop.refused(AmountInvalid, bill_fen=bill_fen)


@pytest.mark.parametrize("amount_fen", [0, -5, 6_001, 2**70])
async def test_an_amount_that_cannot_be_is_refused(here: Neighbourhood, amount_fen: int) -> None:
    at_shop = await shopping(here, **CARD)

    await at_shop.refused(AmountInvalid, bill_fen=6_000, amount_fen=amount_fen)


async def test_more_than_is_left_is_refused(here: Neighbourhood) -> None:
    at_shop = await shopping(here, **CARD)

    await at_shop.refused(RemainderTooLow, bill_fen=20_000, amount_fen=10_001)


async def test_while_the_campaign_is_paused_nothing_is_taken_or_shown(here: Neighbourhood) -> None:
    at_shop = await shopping(here)
    code = await at_shop.code()
    await here.pause(at_shop.campaign)
    await at_shop.refused(CampaignPaused, code=code)
    await here.mint()
    with pytest.raises(CampaignPaused):
        await at_shop.code()


async def test_a_spent_voucher_shows_no_code(here: Neighbourhood) -> None:
    at_shop = await shopping(here)
    await at_shop.pays()
    at_shop.next_code()

    with pytest.raises(VoucherSpent):
        await at_shop.code()


async def test_an_expired_voucher_shows_no_code_and_its_last_code_is_not_taken(
    here: Neighbourhood,
) -> None:
    at_shop = await shopping(here)
    here.clock.at = at_shop.voucher.usable_until - timedelta(seconds=1)
    code = await at_shop.code()
    here.clock.advance(seconds=1)

    await at_shop.refused(VoucherExpired, code=code)
    with pytest.raises(VoucherExpired):
        await at_shop.code()


async def test_another_merchant_a_suspended_one_and_a_foreign_store_are_refused(
    here: Neighbourhood,
) -> None:
    await here.merchant("理发店")
    await here.merchant("旧店", state=MerchantState.SUSPENDED)
    at_shop = await shopping(here, merchant_ids=(merchant_actor().grants[0].scope or ()))

    barber, closed = merchant_actor("理发店"), merchant_actor("旧店")
    await at_shop.refused(MerchantNotInCampaign, till=barber, store=store_id("理发店"))
    await at_shop.refused(MerchantNotApproved, till=closed, store=store_id("旧店"))
    await at_shop.refused(StoreNotOfMerchant, store=store_id("理发店"))
    await at_shop.refused(MerchantNotApproved, till=merchant_actor("没有的店"))


async def test_a_voucher_is_used_so_many_times_and_no_more(here: Neighbourhood) -> None:
    at_shop = await shopping(here, **CARD)
    for number in range(USES_KEPT):
        await at_shop.pays(bill_fen=1, key=f"key-{number}")
        at_shop.next_code()

    await at_shop.refused(TooManyUses, bill_fen=1, key="one more")


async def test_who_is_no_merchant_redeems_nothing(here: Neighbourhood) -> None:
    at_shop = await shopping(here)

    await at_shop.refused(Forbidden, till=at_shop.anna)
    await at_shop.refused(Forbidden, till=CLERK)


async def test_a_voucher_is_its_holders_alone(here: Neighbourhood) -> None:
    at_shop = await shopping(here)
    paul = await here.neighbour("保罗")

    with pytest.raises(VoucherNotFound):
        await here.show_code(paul, at_shop.voucher.id)
    with pytest.raises(VoucherNotFound):
        await here.show_code(resident("陌生人"), at_shop.voucher.id)
    listed = await here.read.listed(paul, first=10, after=None)
    assert list(listed.items) == []


async def test_a_redemption_is_read_by_its_merchant_alone(here: Neighbourhood) -> None:
    at_shop = await shopping(here)
    redemption = await at_shop.pays()

    assert await here.till.read(merchant_actor(till="2"), redemption.use.id) == redemption
    for asked in (redemption.use.id, "redemption_unknown"):
        with pytest.raises(RedemptionNotFound):
            await here.till.read(merchant_actor("理发店"), asked)


async def test_the_office_takes_one_use_back_once(here: Neighbourhood) -> None:
    at_shop = await shopping(here)
    use = (await at_shop.pays()).use
    request = REQUESTS.request_for(CLERK.account_id, "back", use=use.id)
    reason = ReversalReason.ENTERED_TWICE

    reverse = here.till.reverse
    first = await reverse(CLERK, use.id, reason=reason, request=request)
    again = await reverse(CLERK, use.id, reason=reason, request=request)

    assert first == again
    back = await here.voucher(at_shop.voucher)
    assert (back.state, back.remaining_fen, back.used_fen) == (VoucherState.CLAIMED, 2_000, 0)
    with pytest.raises(RedemptionAlreadyReversed):
        await reverse(
            CLERK, use.id, reason=reason, request=REQUESTS.request_for("other", "back", use=use.id)
        )
    with pytest.raises(RequestIdReused):
        await reverse(
            CLERK, use.id, reason=reason, request=REQUESTS.request_for(CLERK.account_id, "back")
        )
    with pytest.raises(Forbidden):
        await reverse(merchant_actor(), use.id, reason=reason, request=request)
    assert await here.voucher(at_shop.voucher) == back

    at_shop.next_code()
    await at_shop.pays(key="key-2")
    assert (await here.voucher(at_shop.voucher)).state is VoucherState.SPENT


async def test_what_has_expired_is_not_taken_back(here: Neighbourhood) -> None:
    at_shop = await shopping(here, **CARD)
    use = (await at_shop.pays(bill_fen=1_000)).use
    here.clock.advance(days=31)
    before = await here.voucher(at_shop.voucher)

    with pytest.raises(ReversalTooLate):
        await here.till.reverse(
            CLERK,
            use.id,
            reason=ReversalReason.OTHER,
            request=REQUESTS.request_for(CLERK.account_id, "back"),
        )
    assert await here.voucher(at_shop.voucher) == before


async def test_expiry_gives_back_the_rest_once(here: Neighbourhood) -> None:
    at_shop = await shopping(here, **CARD)
    await at_shop.pays(bill_fen=4_000)
    assert await here.expire() == 0
    here.clock.advance(days=31)

    assert await here.expire() == 1
    assert await here.expire() == 0
    expired = await here.voucher(at_shop.voucher)
    assert (expired.state, expired.released_fen, expired.remaining_fen) == (
        VoucherState.EXPIRED,
        6_000,
        0,
    )


async def test_a_preview_writes_nothing_and_says_what_would_be_paid(here: Neighbourhood) -> None:
    at_shop = await shopping(here, **CARD)
    before = await here.voucher(at_shop.voucher)

    preview = await here.till.preview(merchant_actor(), await at_shop.code(), bill_fen=2_500)

    assert preview.amount_fen == 2_500
    assert await here.voucher(at_shop.voucher) == before
