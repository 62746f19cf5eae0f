"""The stores of logins under test: in memory, and over MongoDB."""

import secrets
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from chassis.encryption import LookupHash, WrappingKeys
from chassis.mongo import Store
from chassis.person_keys import PersonKeys
from chassis.testing import FrozenClock
from residents.adapters.logins.derived_pseudonyms import DerivedPseudonyms
from residents.adapters.logins.memory import (
    MemoryResidentClaims,
    MemoryWeChatIdentities,
    MemoryWeChatUnions,
)
from residents.adapters.logins.mongo_identities import INDEXES as IDENTITY_INDEXES
from residents.adapters.logins.mongo_identities import (
    MongoResidentClaims,
    MongoWeChatIdentities,
    MongoWeChatUnions,
    identity_codec,
)
from residents.adapters.memory import MemoryAccounts, MemorySessions
from residents.adapters.mongo import INDEXES, MongoAccounts, MongoSessions, account_codec
from residents.application.logins.ports import ResidentClaims, WeChatIdentities, WeChatUnions
from residents.application.logins.wechat_people import WeChatPeople
from residents.application.ports import Accounts, Sessions

PSEUDONYMS = DerivedPseudonyms(LookupHash(bytes(32)), LookupHash(bytes(32)))


@dataclass(frozen=True)
class Stores:
    """One of each kind, empty."""

    accounts: Accounts
    sessions: Sessions
    identities: WeChatIdentities
    unions: WeChatUnions
    claims: ResidentClaims

    @property
    def people(self) -> WeChatPeople:
        return WeChatPeople(self.identities, self.unions, PSEUDONYMS)


@dataclass(frozen=True)
class MongoStores(Stores):
    """The same, as what they are."""

    accounts: MongoAccounts
    sessions: MongoSessions
    identities: MongoWeChatIdentities
    unions: MongoWeChatUnions
    claims: MongoResidentClaims


@pytest.fixture
def now() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
async def mongo(mongodb_uri: str) -> AsyncIterator[Store]:
    """A database of this test's own, with its indexes."""
    store = Store.connect(mongodb_uri, f"residents_{uuid.uuid4().hex}")
    await store.create_indexes([*INDEXES, *IDENTITY_INDEXES, *PersonKeys.indexes()])
    yield store
    await store.close()


@pytest.fixture
def mongo_stores(mongo: Store, now: FrozenClock) -> MongoStores:
    keys = PersonKeys(mongo, WrappingKeys({"test": secrets.token_bytes(32)}), now=now)
    return MongoStores(
        accounts=MongoAccounts(mongo, codec=account_codec(keys), now=now),
        sessions=MongoSessions(mongo, now=now),
        identities=MongoWeChatIdentities(mongo, codec=identity_codec(keys), now=now),
        unions=MongoWeChatUnions(mongo, now=now),
        claims=MongoResidentClaims(mongo, now=now),
    )


@pytest.fixture(params=["memory", "mongo"])
def stores(request: pytest.FixtureRequest) -> Stores:
    if request.param == "mongo":
        stores: Stores = request.getfixturevalue("mongo_stores")
        return stores
    return Stores(
        MemoryAccounts(),
        MemorySessions(),
        MemoryWeChatIdentities(),
        MemoryWeChatUnions(),
        MemoryResidentClaims(),
    )
