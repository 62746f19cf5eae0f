"""The stores under test: one in memory, one over MongoDB with each driver."""

import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
from chassis.mongo import DriverName, Store
from chassis.testing import FrozenClock
from chassis.testing_explain import walks_sorted
from issues.adapters.memory import MemoryHazardRuleSets, MemoryIntakes, MemoryIssues
from issues.adapters.mongo_hazard_rule_sets import MongoHazardRuleSets
from issues.adapters.mongo_intakes import MongoIntakes
from issues.adapters.mongo_issues import MongoIssues
from issues.application.ports import HazardRuleSets, Intakes, Issues
from issues.bootstrap.rooms import PLANS

OpenStore = Callable[[DriverName], Awaitable[Store]]

TOPIC = "linli.issues.events"


@dataclass(frozen=True)
class Stores:
    """One of each kind, empty."""

    intakes: Intakes
    issues: Issues
    rule_sets: HazardRuleSets


@pytest.fixture
async def opened(mongodb_uri: str) -> AsyncIterator[OpenStore]:
    """Opens this test's own database, with its indexes, by a driver."""
    database = f"issues_{uuid.uuid4().hex}"
    async with AsyncExitStack() as closing:

        async def open_store(driver: DriverName) -> Store:
            store = Store.connect(mongodb_uri, database, driver=driver)
            closing.push_async_callback(store.close)
            await store.create_indexes(index for plan in PLANS for index in plan.indexes)
            return store

        yield open_store


@pytest.fixture
async def mongo(opened: OpenStore) -> Store:
    return await opened("motor")


@pytest.fixture(params=["memory", "motor", "pymongo"])
async def stores(request: pytest.FixtureRequest, clock: FrozenClock, opened: OpenStore) -> Stores:
    if request.param == "memory":
        return Stores(MemoryIntakes(), MemoryIssues(), MemoryHazardRuleSets())
    return over(await opened(request.param), clock)


def over(store: Store, clock: FrozenClock) -> Stores:
    return Stores(
        MongoIntakes(store, topic=TOPIC, now=clock),
        MongoIssues(store, topic=TOPIC, now=clock),
        MongoHazardRuleSets(store, topic=TOPIC, now=clock),
    )


@pytest.fixture
async def strictly(mongo: Store) -> bool:
    """Whether the store can answer a sorted list from an index at all."""
    return await walks_sorted(mongo)
