"""Who guesses codes is stopped: the right one is not looked at either."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest
from chassis.errors import RateLimited
from vouchers.domain.actors import Actor
from vouchers.domain.cards.errors import CodeInvalid
from vouchers.domain.cards.voucher import Voucher
from vouchers.domain.cards.wrong_codes import WINDOW, WRONG_CODES_TAKEN

from ...neighbourhood import Neighbourhood, merchant_actor, order, store_id

Presenting = Callable[[Neighbourhood, str], Awaitable[object]]


async def redeeming(here: Neighbourhood, code: str) -> object:
    till = merchant_actor()
    return await here.till.redeem(till, order(till, code, key=code))


async def previewing(here: Neighbourhood, code: str) -> object:
    return await here.till.preview(merchant_actor(), code, bill_fen=6_000)


@dataclass
class Shown:
    """A voucher, and what its holder's phone shows."""

    here: Neighbourhood
    anna: Actor
    voucher: Voucher

    async def code(self) -> str:
        return await self.here.code(self.anna, self.voucher)


@pytest.fixture
async def shown(here: Neighbourhood) -> Shown:
    campaign = await here.campaign(stock=2, per_person=2)
    await here.merchant()
    anna = await here.neighbour("安娜")
    return Shown(here, anna, await here.claimed(anna, campaign))


async def guess(here: Neighbourhood, presenting: Presenting, times: int) -> None:
    for number in range(times):
        with pytest.raises(CodeInvalid):
            await presenting(here, f"{number:020}")


@pytest.mark.parametrize("guessing", [redeeming, previewing])
@pytest.mark.parametrize("presenting", [redeeming, previewing])
async def test_after_too_many_wrong_codes_the_right_one_is_refused(
    shown: Shown, guessing: Presenting, presenting: Presenting
) -> None:
    here = shown.here
    await guess(here, guessing, WRONG_CODES_TAKEN)

    with pytest.raises(RateLimited):
        await presenting(here, await shown.code())
    assert await here.voucher(shown.voucher) == shown.voucher

    here.clock.advance(seconds=WINDOW.total_seconds())
    assert await presenting(here, await shown.code())


async def test_all_tills_of_a_merchant_are_counted_together_and_others_are_not(
    shown: Shown,
) -> None:
    here = shown.here
    await here.merchant("书店")
    await guess(here, redeeming, WRONG_CODES_TAKEN)
    second, other = merchant_actor(till="2"), merchant_actor("书店")

    with pytest.raises(RateLimited):
        await here.till.redeem(second, order(second, await shown.code()))
    at_other = order(other, await shown.code(), store=store_id("书店"))
    assert await here.till.redeem(other, at_other)


async def test_right_codes_do_not_count(shown: Shown) -> None:
    here = shown.here
    for _ in range(2 * WRONG_CODES_TAKEN):
        await previewing(here, await shown.code())

    assert await redeeming(here, await shown.code())


async def test_a_repeat_is_answered_whatever_was_guessed_since(shown: Shown) -> None:
    here, code = shown.here, await shown.code()
    first = await redeeming(here, code)
    await guess(here, redeeming, WRONG_CODES_TAKEN)

    assert await redeeming(here, code) == first
