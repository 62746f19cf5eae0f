"""A neighbourhood over each kind of store: in memory, and over MongoDB by either driver."""

import uuid
from collections.abc import AsyncIterator

import pytest
from chassis.encryption import KEY_BYTES, WrappingKeys
from chassis.mongo import Store
from chassis.person_keys import PersonKeys
from chassis.testing import FrozenClock
from vouchers.adapters.campaigns import mongo_campaigns
from vouchers.adapters.campaigns.mongo_campaigns import MongoCampaigns
from vouchers.adapters.cards import mongo_owed_rewards, mongo_vouchers, mongo_wrong_codes
from vouchers.adapters.cards.mongo_account_holders import MongoAccountHolders
from vouchers.adapters.cards.mongo_owed_rewards import MongoOwedRewards
from vouchers.adapters.cards.mongo_vouchers import MongoVouchers
from vouchers.adapters.cards.mongo_wrong_codes import MongoWrongCodes
from vouchers.adapters.ledger import mongo_ledger
from vouchers.adapters.ledger.mongo_ledger import MongoLedgerEntries, MongoLedgerHeads
from vouchers.adapters.ledger.mongo_voucher_counts import MongoVoucherCounts
from vouchers.adapters.merchants import mongo_merchants
from vouchers.adapters.merchants.mongo_merchants import MongoMerchants, merchant_codec

from ..neighbourhood import CODE_HASH, Neighbourhood, Stores

INDEXES = [
    *mongo_campaigns.INDEXES,
    *mongo_merchants.INDEXES,
    *mongo_vouchers.INDEXES,
    *mongo_wrong_codes.INDEXES,
    *mongo_owed_rewards.INDEXES,
    *mongo_ledger.INDEXES,
    *PersonKeys.indexes(),
]


def stores_in(store: Store, clock: FrozenClock) -> Stores:
    """All of them in one database."""
    keys = PersonKeys(store, WrappingKeys({"test": bytes(KEY_BYTES)}), now=clock)
    vouchers = MongoVouchers(store, code_hash=CODE_HASH, now=clock)
    return Stores(
        campaigns=MongoCampaigns(store),
        merchants=MongoMerchants(store, codec=merchant_codec(keys)),
        holders=MongoAccountHolders(store),
        vouchers=vouchers,
        wrong_codes=MongoWrongCodes(store),
        owed=MongoOwedRewards(store),
        entries=MongoLedgerEntries(store),
        heads=MongoLedgerHeads(store),
        counts=MongoVoucherCounts(vouchers),
    )


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
async def motor(mongodb_uri: str) -> AsyncIterator[Store]:
    """A database of this test's own, with its indexes."""
    store = Store.connect(mongodb_uri, f"vouchers_{uuid.uuid4().hex}")
    await store.create_indexes(INDEXES)
    yield store
    await store.close()


@pytest.fixture(params=["memory", "motor", "pymongo"])
async def here(
    request: pytest.FixtureRequest, mongodb_uri: str, clock: FrozenClock
) -> AsyncIterator[Neighbourhood]:
    """A neighbourhood over a store of this test's own."""
    if request.param == "memory":
        yield Neighbourhood(clock=clock)
        return
    store = Store.connect(mongodb_uri, f"vouchers_{uuid.uuid4().hex}", driver=request.param)
    await store.create_indexes(INDEXES)
    yield Neighbourhood(stores_in(store, clock), clock)
    await store.close()
