"""Wrong codes are counted alike in memory and in MongoDB, by either driver."""

import asyncio

from vouchers.domain.cards.wrong_codes import WINDOW, WRONG_CODES_TAKEN

from ...neighbourhood import COMMUNITY, ELSEWHERE, Neighbourhood


async def test_of_many_at_once_no_more_are_looked_at_than_may_be(here: Neighbourhood) -> None:
    counted, at = here.stores.wrong_codes, here.clock()

    looked_at = await asyncio.gather(
        *(counted.count(COMMUNITY, "merchant_1", at) for _ in range(2 * WRONG_CODES_TAKEN))
    )

    assert sum(looked_at) == WRONG_CODES_TAKEN
    assert not await counted.count(COMMUNITY, "merchant_1", at)
    assert await counted.count(COMMUNITY, "merchant_2", at)
    assert await counted.count(ELSEWHERE, "merchant_1", at)


async def test_a_right_code_is_taken_back_and_all_are_forgotten_in_time(
    here: Neighbourhood,
) -> None:
    counted, at = here.stores.wrong_codes, here.clock()
    for _ in range(WRONG_CODES_TAKEN):
        assert await counted.count(COMMUNITY, "merchant_1", at)

    await counted.take_back(COMMUNITY, "merchant_1", at)

    assert await counted.count(COMMUNITY, "merchant_1", at)
    assert not await counted.count(COMMUNITY, "merchant_1", at)
    assert await counted.count(COMMUNITY, "merchant_1", at + WINDOW)
