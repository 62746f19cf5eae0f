"""What is told again of a card says of each use what was said of it, under ids of its own."""

from collections import Counter

from chassis.mongo import Document, Store
from chassis.republish import Facts, republish
from chassis.testing import FrozenClock
from vouchers.domain.campaigns.terms import CampaignKind
from vouchers.domain.cards.voucher import voucher_facts
from vouchers.domain.events import SERVICE_TOPIC

from ...neighbourhood import Neighbourhood
from ..conftest import stores_in


async def test_each_use_of_a_card_is_told_again_and_no_id_says_two_things(
    motor: Store, clock: FrozenClock
) -> None:
    here = Neighbourhood(stores_in(motor, clock), clock)
    vouchers = here.stores.vouchers
    campaign = await here.campaign(kind=CampaignKind.WELFARE_CARD, minimum_spend_fen=0)
    await here.merchant()
    anna = await here.neighbour("安娜")
    voucher = await here.claimed(anna, campaign)
    for number in range(3):
        clock.advance(minutes=1)
        await here.redeemed(anna, voucher, key=str(number), bill_fen=100 + number)

    for _ in range(2):
        await republish([Facts(vouchers, voucher_facts)], topic=SERVICE_TOPIC, since=None)

    kept = await vouchers.collection.find_one({"_id": voucher.id})
    assert kept is not None
    told: list[Document] = kept["outbox"]
    assert len({each["id"] for each in told}) == len(told)
    uses = Counter(
        each["data"]["amount_fen"] for each in told if each["type"] == "voucher.redeemed.v1"
    )
    assert uses == {100: 2, 101: 2, 102: 2}
