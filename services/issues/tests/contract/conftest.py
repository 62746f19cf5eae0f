"""The stores under test: one in memory, one over MongoDB with each driver."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from chassis.mongo import Store
from chassis.testing import FrozenClock
from issues.adapters.indexes import INDEXES
from issues.adapters.memory import MemoryHazardRuleSets, MemoryIntakes, MemoryIssues
from issues.adapters.mongo_hazard_rule_sets import MongoHazardRuleSets
from issues.adapters.mongo_intakes import MongoIntakes
from issues.adapters.mongo_issues import MongoIssues
from issues.application.ports import HazardRuleSets, Intakes, Issues

TOPIC = "linli.issues.events"


@dataclass(frozen=True)
class Stores:
    """One of each kind, empty."""

    intakes: Intakes
    issues: Issues
    rule_sets: HazardRuleSets


@pytest.fixture
async def mongo(mongodb_uri: str) -> AsyncIterator[Store]:
    """A database of this test's own, with its indexes."""
    store = Store.connect(mongodb_uri, f"issues_{uuid.uuid4().hex}")
    await store.create_indexes(INDEXES)
    yield store
    await store.close()


@pytest.fixture(params=["memory", "mongo"])
def stores(request: pytest.FixtureRequest, clock: FrozenClock) -> Stores:
    if request.param == "memory":
        return Stores(MemoryIntakes(), MemoryIssues(), MemoryHazardRuleSets())
    return over(request.getfixturevalue("mongo"), clock)


def over(store: Store, clock: FrozenClock) -> Stores:
    return Stores(
        MongoIntakes(store, topic=TOPIC, now=clock),
        MongoIssues(store, topic=TOPIC, now=clock),
        MongoHazardRuleSets(store, topic=TOPIC, now=clock),
    )
