"""The stores of teams under test: in memory, and over MongoDB."""

import secrets
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from chassis.encryption import WrappingKeys
from chassis.mongo import Store
from chassis.person_keys import PersonKeys
from chassis.testing import FrozenClock
from residents.adapters.teams.memory import MemoryHonours, MemoryMemberships, MemoryTeams
from residents.adapters.teams.mongo_teams import (
    INDEXES,
    MongoHonours,
    MongoMemberships,
    MongoTeams,
    honour_codec,
    membership_codec,
)
from residents.application.teams.ports import Honours, Memberships, Teams


@dataclass(frozen=True)
class Stores:
    """One of each kind, empty."""

    teams: Teams
    memberships: Memberships
    honours: Honours


@dataclass(frozen=True)
class InMongo:
    """The real ones, and what lies under them."""

    store: Store
    keys: PersonKeys
    teams: MongoTeams
    memberships: MongoMemberships
    honours: MongoHonours


@pytest.fixture
def now() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
async def in_mongo(mongodb_uri: str, now: FrozenClock) -> AsyncIterator[InMongo]:
    """A database of this test's own, with its indexes."""
    store = Store.connect(mongodb_uri, f"teams_{uuid.uuid4().hex}")
    await store.create_indexes([*INDEXES, *PersonKeys.indexes()])
    keys = PersonKeys(store, WrappingKeys({"test": secrets.token_bytes(32)}), now=now)
    yield InMongo(
        store,
        keys,
        MongoTeams(store, now=now),
        MongoMemberships(store, codec=membership_codec(keys), now=now),
        MongoHonours(store, codec=honour_codec(keys), now=now),
    )
    await store.close()


@pytest.fixture(params=["memory", "mongo"])
def stores(request: pytest.FixtureRequest) -> Stores:
    if request.param == "memory":
        return Stores(MemoryTeams(), MemoryMemberships(), MemoryHonours())
    mongo: InMongo = request.getfixturevalue("in_mongo")
    return Stores(mongo.teams, mongo.memberships, mongo.honours)
