"""A red packet is good for one use: what is left of it then only waits for its expiry."""

import pytest
from chassis.testing import REQUESTS
from vouchers.api.cards import types as api
from vouchers.domain.cards.errors import VoucherSpent
from vouchers.domain.cards.uses import ReversalReason
from vouchers.domain.cards.voucher import VoucherState

from ...neighbourhood import CLERK, Neighbourhood
from .shopping import shopping


async def test_a_red_packet_pays_once(here: Neighbourhood) -> None:
    at_shop = await shopping(here)

    redemption = await at_shop.pays(bill_fen=6_000)

    assert (redemption.use.amount_fen, redemption.use.remaining_fen) == (2_000, 0)
    assert (await here.voucher(at_shop.voucher)).state is VoucherState.SPENT


async def test_a_red_packet_used_in_part_is_used_and_its_rest_expires(here: Neighbourhood) -> None:
    at_shop = await shopping(here, minimum_spend_fen=0)
    redemption = await at_shop.pays(bill_fen=1_500)
    at_shop.next_code()

    used = await here.voucher(at_shop.voucher)
    assert (used.standing, used.usable_fen, used.remaining_fen) == (VoucherState.SPENT, 0, 500)
    assert redemption.use.remaining_fen == 0
    shown = api.Voucher.of(used)
    assert (shown.state.name, shown.remaining_fen) == ("SPENT", 0)
    assert shown.redemptions[0].remaining_fen == 0
    with pytest.raises(VoucherSpent):
        await at_shop.code()
    here.clock.advance(days=31)
    await here.expire()
    expired = await here.voucher(at_shop.voucher)
    assert (expired.state, expired.released_fen, expired.used_fen) == (
        VoucherState.EXPIRED,
        500,
        1_500,
    )


async def test_a_red_packet_whose_use_was_taken_back_can_be_used_again(
    here: Neighbourhood,
) -> None:
    at_shop = await shopping(here, minimum_spend_fen=0)
    use = (await at_shop.pays(bill_fen=1_500)).use
    again = REQUESTS.request_for(CLERK.account_id, "1", use=use.id)
    await here.till.reverse(CLERK, use.id, reason=ReversalReason.OTHER, request=again)

    usable = await here.voucher(at_shop.voucher)

    assert (usable.standing, usable.usable_fen) == (VoucherState.CLAIMED, 2_000)
    at_shop.next_code()
    assert (await at_shop.pays(bill_fen=6_000, key="key-2")).use.amount_fen == 2_000
