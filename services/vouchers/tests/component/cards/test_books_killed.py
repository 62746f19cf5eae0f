"""The books with their keeper killed, and with a hand at the store."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from chassis.clock import utc_now
from chassis.ids import derived_id, new_id
from chassis.mongo import Store
from chassis.testing_waits import until
from local_stack.leash import Leash
from vouchers.adapters.campaigns.mongo_campaigns import MongoCampaigns
from vouchers.adapters.ledger.identities import entry_id
from vouchers.adapters.ledger.mongo_ledger import MongoLedgerEntries, MongoLedgerHeads
from vouchers.application.ledger.post_entries import PostEntries
from vouchers.domain.campaigns.campaign import Campaign, CampaignState
from vouchers.domain.ledger import posting

from ...neighbourhood import terms_of
from ..processes import Process, environment_for, run_command
from .market import verification

ENTRIES = 1_500


@dataclass(frozen=True)
class Books:
    """An instance of the test's own, with entries that nobody has sealed."""

    environment: dict[str, str]
    store: Store
    community_id: str
    worker: Process

    async def sealed(self) -> int:
        """How far they are sealed."""
        head = await MongoLedgerHeads(self.store).find(self.community_id)
        return head.seq if head else 0


def over(community_id: str, number: int) -> Campaign:
    """A campaign that was approved, and of which nothing is to be done any more."""
    at = utc_now()
    return Campaign(
        id=derived_id("campaign", community_id, str(number)),
        community_id=community_id,
        terms=terms_of(at, budget_fen=1 + number),
        funder_id="funder_1",
        state=CampaignState.ENDED,
        drafted_at=at,
        makers=("account_1",),
        approved_at=at,
        approved_by="account_2",
        ended_at=at,
    )


@pytest.fixture
async def books(
    mongodb_uri: str, kafka_bootstrap_servers: str, jwks_url: str, tmp_path: Path, leash: Leash
) -> AsyncIterator[Books]:
    environment = environment_for(mongodb_uri, kafka_bootstrap_servers, jwks_url, tmp_path)
    await asyncio.to_thread(run_command, environment, "create-topics")
    await asyncio.to_thread(run_command, environment, "create-indexes")
    store = Store.connect(mongodb_uri, environment["MONGODB_DATABASE"])
    worker = Process("worker", environment, folder=tmp_path, leash=leash)
    books = Books(environment, store, new_id("community"), worker)
    entries, heads = MongoLedgerEntries(store), MongoLedgerHeads(store)
    post, campaigns = PostEntries(entries, heads, entry_id, utc_now), MongoCampaigns(store)
    for number in range(ENTRIES):
        campaign = over(books.community_id, number)
        await campaigns.add(campaign)
        entry = posting.reserved(campaign.id, "funder_1", 1 + number, campaign.drafted_at)
        await post(books.community_id, derived_id("event", campaign.id), entry)
    yield books
    await asyncio.to_thread(worker.kill)
    await store.close()


async def test_a_sealer_killed_again_and_again_leaves_one_chain(books: Books) -> None:
    for part in (0, 300, 700):
        books.worker.start()

        async def went_on(part: int = part) -> bool:
            return await books.sealed() > part

        await until(went_on, within_seconds=60)
        await asyncio.to_thread(books.worker.kill)
    books.worker.start()

    async def all_sealed() -> bool:
        return await books.sealed() == ENTRIES

    await until(all_sealed, within_seconds=90)
    code, reports = await asyncio.to_thread(verification, books.environment, books.community_id)
    (report,) = reports
    assert (code, report["whole"], report["inBalance"]) == (0, True, True)
    assert (report["sealedThrough"], report["unsealed"]) == (ENTRIES, 0)

    await asyncio.to_thread(books.worker.kill)
    entries = books.store.collection("ledger_entries")
    where = {"community_id": books.community_id, "seq": 617}
    forged = await entries.find_one(where)
    assert forged is not None
    await entries.update_one(where, {"$set": {"legs.0.amount_fen": -1, "legs.1.amount_fen": 1}})

    code, reports = await asyncio.to_thread(verification, books.environment, books.community_id)
    (report,) = reports
    assert (code, report["whole"]) == (1, False)
    assert report["badEntry"]["seq"] == 617
    assert report["badEntry"]["entryId"] == forged["_id"]
