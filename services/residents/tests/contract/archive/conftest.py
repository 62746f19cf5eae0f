"""The archive's stores under test: in memory, and over MongoDB."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from chassis.encryption import KEY_BYTES, WrappingKeys
from chassis.mongo import Store
from chassis.person_keys import PersonKeys
from chassis.testing import FrozenClock
from residents.adapters.archive.memory import (
    MemoryArchives,
    MemoryBuildings,
    MemoryEstates,
    MemoryFigures,
    MemoryHouseholds,
    MemoryPersonHolds,
    MemoryResidents,
)
from residents.adapters.archive.mongo_archives import (
    ARCHIVE_INDEXES,
    MongoArchives,
    MongoFigures,
    MongoPersonHolds,
)
from residents.adapters.archive.mongo_places import (
    PLACE_INDEXES,
    MongoBuildings,
    MongoEstates,
    MongoHouseholds,
)
from residents.adapters.archive.mongo_residents import RESIDENT_INDEXES, MongoResidents
from residents.application.archive.counting import RecountBuildings
from residents.application.archive.editions import Editions

from ...village import IDENTITIES, KEYED_HASH, TODAY, Village, a_village


@dataclass(frozen=True)
class Stores:
    """One of each kind."""

    archives: MemoryArchives | MongoArchives
    estates: MemoryEstates | MongoEstates
    buildings: MemoryBuildings | MongoBuildings
    households: MemoryHouseholds | MongoHouseholds
    residents: MemoryResidents | MongoResidents
    figures: MemoryFigures | MongoFigures
    holds: MemoryPersonHolds | MongoPersonHolds

    async def fill(self, village: Village) -> None:
        """Write a village as an import does."""
        await self.estates.add_all([(estate, ()) for estate in village.estates])
        await self.buildings.add_all([(building, ()) for building in village.buildings])
        households = [each.announced(village_at()) for each in village.households]
        await self.households.add_all(households)
        await self.residents.add_all(
            [(resident, (resident.verified_event(),)) for resident in village.residents]
        )

    def recount(self, now: FrozenClock) -> RecountBuildings:
        """Counts buildings."""
        return RecountBuildings(
            self.buildings, self.households, self.residents, self.figures, IDENTITIES, KEYED_HASH,
            now, lambda: TODAY,
        )  # fmt: skip

    def editions(self, now: FrozenClock) -> Editions:
        """Begins and ends editions."""
        return Editions(
            self.archives, self.estates, self.buildings, self.households, self.residents,
            self.figures, self.recount(now),
        )  # fmt: skip


def village_at() -> datetime:
    """When a village was written."""
    return FrozenClock()()


@pytest.fixture
def now() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
async def mongo(mongodb_uri: str) -> AsyncIterator[Store]:
    """A database of this test's own, with its indexes."""
    store = Store.connect(mongodb_uri, f"archive_{uuid.uuid4().hex}")
    await store.create_indexes(
        [*ARCHIVE_INDEXES, *PLACE_INDEXES, *RESIDENT_INDEXES, *PersonKeys.indexes()]
    )
    yield store
    await store.close()


@pytest.fixture
def mongo_stores(mongo: Store, now: FrozenClock) -> Stores:
    keys = PersonKeys(mongo, WrappingKeys({"test": bytes(KEY_BYTES)}), now=now)
    return Stores(
        MongoArchives(mongo, now=now),
        MongoEstates(mongo, now=now),
        MongoBuildings(mongo, now=now),
        MongoHouseholds(mongo, now=now),
        MongoResidents(mongo, keys, now=now),
        MongoFigures(mongo, now=now),
        MongoPersonHolds(mongo, now=now),
    )


@pytest.fixture(params=["memory", "mongo"])
def stores(request: pytest.FixtureRequest, now: FrozenClock) -> Stores:
    if request.param == "mongo":
        found: Stores = request.getfixturevalue("mongo_stores")
        return found
    return Stores(
        MemoryArchives(),
        MemoryEstates(),
        MemoryBuildings(),
        MemoryHouseholds(now),
        MemoryResidents(now),
        MemoryFigures(),
        MemoryPersonHolds(),
    )


@pytest.fixture
async def village(stores: Stores) -> Village:
    """A village that is there from the beginning."""
    made = a_village()
    await stores.fill(made)
    await stores.fill(a_village("community_there"))
    return made
