"""The room's stores under test: in memory, and over MongoDB."""

import uuid
from collections.abc import AsyncIterator

import pytest
from chassis.encryption import KEY_BYTES, WrappingKeys
from chassis.mongo import Store
from chassis.person_keys import PersonKeys
from chassis.testing import FrozenClock
from residents.adapters.owners import mongo_owners, mongo_ownerships
from residents.adapters.owners.mongo_owners import MongoOwners
from residents.adapters.owners.mongo_ownerships import MongoOwnerships
from residents.adapters.owners.mongo_registers import MongoRegisters

from ...owners_office import OwnersOffice


@pytest.fixture
def now() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
async def mongo(mongodb_uri: str) -> AsyncIterator[Store]:
    """A database of this test's own, with its indexes."""
    store = Store.connect(mongodb_uri, f"residents_{uuid.uuid4().hex}")
    await store.create_indexes(
        [*mongo_ownerships.INDEXES, *mongo_owners.INDEXES, *PersonKeys.indexes()]
    )
    yield store
    await store.close()


@pytest.fixture
def in_mongo(mongo: Store, now: FrozenClock) -> OwnersOffice:
    keys = PersonKeys(mongo, WrappingKeys({"test": bytes(KEY_BYTES)}), now=now)
    return OwnersOffice(
        MongoOwnerships(mongo, now=now),
        MongoOwners(mongo, keys, now=now),
        MongoRegisters(mongo, now=now),
        now,
    )


@pytest.fixture(params=["memory", "mongo"])
def office(request: pytest.FixtureRequest) -> OwnersOffice:
    if request.param == "memory":
        return OwnersOffice.in_memory()
    built: OwnersOffice = request.getfixturevalue("in_mongo")
    return built
