"""The stores of this room under test: in memory, and over MongoDB."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from chassis.encryption import KEY_BYTES, WrappingKeys
from chassis.mongo import Store
from chassis.person_keys import PersonKeys
from chassis.testing import FrozenClock
from residents.adapters.memory import MemoryHourlyCounts
from residents.adapters.mongo_hourly_counts import MongoHourlyCounts
from residents.adapters.privacy import mongo_audit_entries, mongo_exports, mongo_reveals
from residents.adapters.privacy.memory import (
    MemoryAuditEntries,
    MemoryConsentBooks,
    MemoryDataExports,
    MemoryReveals,
)
from residents.adapters.privacy.mongo_audit_entries import MongoAuditEntries
from residents.adapters.privacy.mongo_consents import MongoConsentBooks
from residents.adapters.privacy.mongo_exports import MongoDataExports
from residents.adapters.privacy.mongo_reveals import MongoReveals
from residents.application.hourly_limit import HourlyCounts
from residents.application.privacy.audit_ports import AuditEntries
from residents.application.privacy.consent_ports import ConsentBooks
from residents.application.privacy.export_ports import DataExports
from residents.application.privacy.reveal_ports import Reveals

from .acts import BOX

INDEXES = (*mongo_audit_entries.INDEXES, *mongo_exports.INDEXES, *mongo_reveals.INDEXES)


@dataclass(frozen=True)
class Stores:
    """One of each kind, empty."""

    reveals: Reveals
    counts: HourlyCounts
    books: ConsentBooks
    exports: DataExports


@pytest.fixture
def now() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def database() -> str:
    return f"residents_{uuid.uuid4().hex}"


@pytest.fixture
async def store(mongodb_uri: str, database: str) -> AsyncIterator[Store]:
    """A database of this test's own, with its indexes."""
    store = Store.connect(mongodb_uri, database)
    await store.create_indexes([*INDEXES, *PersonKeys.indexes()])
    yield store
    await store.close()


@pytest.fixture
async def another_store(mongodb_uri: str, database: str, store: Store) -> AsyncIterator[Store]:
    """The same database over another connection."""
    del store
    another = Store.connect(mongodb_uri, database)
    yield another
    await another.close()


@pytest.fixture(params=["memory", "mongo"])
def entries(request: pytest.FixtureRequest) -> AuditEntries:
    if request.param == "memory":
        return MemoryAuditEntries()
    return MongoAuditEntries(request.getfixturevalue("store"), BOX)


@pytest.fixture
def keys(store: Store, now: FrozenClock) -> PersonKeys:
    return PersonKeys(store, WrappingKeys({"test": bytes(KEY_BYTES)}), now=now)


@pytest.fixture
def mongo_stores(store: Store, keys: PersonKeys) -> Stores:
    return Stores(
        MongoReveals(store, keys),
        MongoHourlyCounts(store, "reveal"),
        MongoConsentBooks(store),
        MongoDataExports(store, keys),
    )


@pytest.fixture(params=["memory", "mongo"])
def stores(request: pytest.FixtureRequest) -> Stores:
    if request.param == "memory":
        return Stores(
            MemoryReveals(), MemoryHourlyCounts(), MemoryConsentBooks(), MemoryDataExports()
        )
    stores: Stores = request.getfixturevalue("mongo_stores")
    return stores
