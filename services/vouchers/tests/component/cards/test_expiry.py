"""Expiring by command, as a timer would."""

import asyncio
from datetime import timedelta

from chassis.clock import utc_now
from chassis.mongo import Store
from chassis.testing_waits import until

from ..kafka import told
from ..office import done
from ..processes import run_command
from .market import MINE, Market


async def test_what_is_left_goes_back_to_the_campaign_and_into_the_books(
    market: Market, store: Store, kafka_bootstrap_servers: str, community_id: str
) -> None:
    campaign_id = await market.open(kind="WELFARE_CARD", minimumSpendFen=0)
    (anna,) = await market.neighbours(1, store=store)
    voucher = done(await market.claim(anna, campaign_id), "voucher")
    till = market.till()
    paid = await market.redeem(till, await market.code(anna, voucher["id"]), billFen=700)
    assert paid.json()["remainingFen"] == 1_300
    yesterday = utc_now() - timedelta(days=1)
    await store.collection("vouchers").update_one(
        {"_id": voucher["id"], "community_id": community_id},
        {"$set": {"usable_until": yesterday}, "$inc": {"version": 1}},
    )

    dry = await asyncio.to_thread(run_command, market.environment, "expire-vouchers", "--dry-run")
    assert dry.endswith("vouchers would expire\n")

    said = await asyncio.to_thread(run_command, market.environment, "expire-vouchers")

    assert said.endswith("vouchers expired\n")

    async def expired() -> bool:
        (mine,) = (await market.graph.ask(anna, MINE))["nodes"]
        return bool(mine["state"] == "EXPIRED")

    await until(expired)  # by the command, or by the worker a moment before it
    (figures,) = (await market.verified())["campaigns"]
    assert (figures["usedFen"], figures["openFen"], figures["expiredFen"]) == (700, 0, 1_300)
    (event,) = [
        each
        for each in await told(kafka_bootstrap_servers, community_id, at_least=6)
        if each["type"] == "voucher.expired.v1"
    ]
    assert (event["voucher_id"], event["released_fen"]) == (voucher["id"], 1_300)
