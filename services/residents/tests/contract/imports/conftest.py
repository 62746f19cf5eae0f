"""The stores of imports under test: in memory, and over MongoDB."""

import secrets
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from chassis.encryption import LookupHash, SecretBox, WrappingKeys
from chassis.mongo import Store
from chassis.testing import FrozenClock
from residents.adapters.imports import (
    mongo_import_batches,
    mongo_import_files,
    mongo_import_rows,
)
from residents.adapters.imports.memory import (
    MemoryImportBatches,
    MemoryImportFiles,
    MemoryImportRows,
)
from residents.adapters.imports.mongo_import_batches import MongoImportBatches
from residents.adapters.imports.mongo_import_files import MongoImportFiles
from residents.adapters.imports.mongo_import_rows import MongoImportRows
from residents.application.imports.ports import ImportBatches, ImportFiles, ImportRows


@dataclass(frozen=True)
class Stores:
    """One of each kind, empty."""

    batches: ImportBatches
    files: ImportFiles
    rows: ImportRows


@pytest.fixture
def now() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
async def mongo(mongodb_uri: str) -> AsyncIterator[Store]:
    """A database of this test's own, with its indexes."""
    store = Store.connect(mongodb_uri, f"residents_{uuid.uuid4().hex}")
    await store.create_indexes(
        [
            *mongo_import_batches.INDEXES,
            *mongo_import_files.INDEXES,
            *mongo_import_rows.INDEXES,
        ]
    )
    yield store
    await store.close()


@pytest.fixture
def wrapping_keys() -> WrappingKeys:
    return WrappingKeys({"test": secrets.token_bytes(32)})


@pytest.fixture
def mongo_batches(mongo: Store, now: FrozenClock) -> MongoImportBatches:
    return MongoImportBatches(mongo, now=now)


@pytest.fixture
def mongo_files(mongo: Store, now: FrozenClock, wrapping_keys: WrappingKeys) -> MongoImportFiles:
    box, keyed_hash = SecretBox(wrapping_keys), LookupHash(bytes(32))
    return MongoImportFiles(mongo, box, keyed_hash, now=now)


@pytest.fixture
def mongo_rows(mongo: Store) -> MongoImportRows:
    return MongoImportRows(mongo)


@pytest.fixture(params=["memory", "mongo"])
def stores(request: pytest.FixtureRequest, now: FrozenClock) -> Stores:
    if request.param == "memory":
        return Stores(MemoryImportBatches(), MemoryImportFiles(now), MemoryImportRows())
    return Stores(
        request.getfixturevalue("mongo_batches"),
        request.getfixturevalue("mongo_files"),
        request.getfixturevalue("mongo_rows"),
    )
