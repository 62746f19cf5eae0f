"""The stores of this room under test: in memory, and over MongoDB."""

import uuid
from collections.abc import AsyncIterator

import pytest
from chassis.mongo import Store
from chassis.person_keys import PersonKeys
from residents.adapters.privacy import mongo_audit_entries
from residents.adapters.privacy.memory import MemoryAuditEntries
from residents.adapters.privacy.mongo_audit_entries import MongoAuditEntries
from residents.application.privacy.audit_ports import AuditEntries

from .acts import BOX


@pytest.fixture
def database() -> str:
    return f"residents_{uuid.uuid4().hex}"


@pytest.fixture
async def store(mongodb_uri: str, database: str) -> AsyncIterator[Store]:
    """A database of this test's own, with its indexes."""
    store = Store.connect(mongodb_uri, database)
    await store.create_indexes([*mongo_audit_entries.INDEXES, *PersonKeys.indexes()])
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
