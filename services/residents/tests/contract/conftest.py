"""The stores under test: in memory, and over MongoDB."""

import secrets
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from chassis.encryption import WrappingKeys
from chassis.mongo import Store
from chassis.person_keys import PersonKeys
from chassis.testing import FrozenClock
from residents.adapters.memory import (
    MemoryAccounts,
    MemoryAttemptCounts,
    MemoryCommunities,
    MemoryLogins,
    MemorySessions,
    MemorySigningKeySets,
)
from residents.adapters.mongo import (
    INDEXES,
    MongoAccounts,
    MongoAttemptCounts,
    MongoCommunities,
    MongoLogins,
    MongoSessions,
    MongoSigningKeySets,
    account_codec,
)
from residents.application.ports import (
    Accounts,
    AttemptCounts,
    Communities,
    Logins,
    Sessions,
    SigningKeySets,
)


@dataclass(frozen=True)
class Stores:
    """One of each kind, empty."""

    communities: Communities
    accounts: Accounts
    logins: Logins
    attempts: AttemptCounts
    sessions: Sessions
    key_sets: SigningKeySets


@pytest.fixture
def now() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
async def mongo(mongodb_uri: str) -> AsyncIterator[Store]:
    """A database of this test's own, with its indexes."""
    store = Store.connect(mongodb_uri, f"residents_{uuid.uuid4().hex}")
    await store.create_indexes([*INDEXES, *PersonKeys.indexes()])
    yield store
    await store.close()


@pytest.fixture
def mongo_accounts(mongo: Store, now: FrozenClock) -> MongoAccounts:
    keys = PersonKeys(mongo, WrappingKeys({"test": secrets.token_bytes(32)}), now=now)
    return MongoAccounts(mongo, codec=account_codec(keys), now=now)


@pytest.fixture
def mongo_sessions(mongo: Store, now: FrozenClock) -> MongoSessions:
    return MongoSessions(mongo, now=now)


@pytest.fixture(params=["memory", "mongo"])
def stores(request: pytest.FixtureRequest) -> Stores:
    if request.param == "memory":
        return Stores(
            MemoryCommunities(),
            MemoryAccounts(),
            MemoryLogins(),
            MemoryAttemptCounts(),
            MemorySessions(),
            MemorySigningKeySets(),
        )
    mongo: Store = request.getfixturevalue("mongo")
    return Stores(
        MongoCommunities(mongo),
        request.getfixturevalue("mongo_accounts"),
        MongoLogins(mongo),
        MongoAttemptCounts(mongo),
        request.getfixturevalue("mongo_sessions"),
        MongoSigningKeySets(mongo),
    )
