"""All facts told again, as for a restored consumer: the books stay as they are."""

import asyncio
from collections import Counter

from chassis.mongo import Store
from chassis.testing_waits import until

from ..kafka import told_of_vouchers
from ..office import done
from ..processes import run_command
from .market import Market


async def test_facts_told_again_are_booked_once(
    market: Market, store: Store, kafka_bootstrap_servers: str, community_id: str
) -> None:
    campaign_id = await market.open(kind="WELFARE_CARD", minimumSpendFen=0)
    anna, paul = await market.neighbours(2, store=store)
    voucher = done(await market.claim(anna, campaign_id), "voucher")
    paid = await market.redeem(market.till(), await market.code(anna, voucher["id"]), billFen=700)
    assert paid.status_code == 201
    before = await market.verified()
    entries = await store.collection("ledger_entries").find(
        {"community_id": community_id}, sort=(("_id", 1),)
    )

    await asyncio.to_thread(run_command, market.environment, "republish", "--all")

    both_twice = Counter({"voucher.claimed.v1": 2, "voucher.redeemed.v1": 2})
    assert await told_of_vouchers(kafka_bootstrap_servers, community_id, both_twice) == both_twice
    await market.claim(paul, campaign_id)

    async def paul_is_in_the_books() -> bool:
        (report,) = await asyncio.to_thread(market.verification)
        return bool(report["inBalance"] and report["sealedThrough"] > before["sealedThrough"])

    await until(paul_is_in_the_books, within_seconds=60)
    after = await market.verified()
    assert after["sealedThrough"] == before["sealedThrough"] + 1
    kept = {"_id": {"$in": [entry["_id"] for entry in entries]}}
    assert await store.collection("ledger_entries").find(kept, sort=(("_id", 1),)) == entries
