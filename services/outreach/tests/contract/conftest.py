"""Each repository in memory and in a real store, the latter with every index declared."""

from collections.abc import AsyncIterator
from typing import NamedTuple
from uuid import uuid4

import pytest
from chassis.clock import utc_now
from chassis.encryption import SecretBox, WrappingKeys
from chassis.mongo import Store
from chassis.person_keys import PersonKeys
from chassis.testing_explain import walks_sorted
from outreach.adapters import (
    mongo_articles,
    mongo_bound_accounts,
    mongo_channels,
    mongo_commenters,
    mongo_comments,
)
from outreach.adapters.memory import MemoryArticles, MemoryChannels, MemoryComments
from outreach.adapters.memory_joining import MemoryBoundAccounts, MemoryCommenters
from outreach.adapters.metrics import mongo_latest_figures, mongo_snapshots
from outreach.adapters.metrics.memory import MemoryLatestFigures, MemorySnapshots
from outreach.adapters.metrics.mongo_latest_figures import MongoLatestFigures
from outreach.adapters.metrics.mongo_snapshots import MongoSnapshots
from outreach.adapters.mongo_articles import MongoArticles
from outreach.adapters.mongo_bound_accounts import MongoBoundAccounts
from outreach.adapters.mongo_channels import MongoChannels
from outreach.adapters.mongo_commenters import MongoCommenters
from outreach.adapters.mongo_comments import MongoComments
from outreach.adapters.notices import mongo_followers, mongo_grants, mongo_notifications
from outreach.adapters.notices.memory import (
    MemoryFollowings,
    MemoryGrants,
    MemoryIssueSteps,
    MemoryNotifications,
    MemoryWeChatUsers,
)
from outreach.adapters.notices.mongo_followers import MongoFollowings, MongoIssueSteps
from outreach.adapters.notices.mongo_grants import MongoGrants, MongoWeChatUsers
from outreach.adapters.notices.mongo_notifications import MongoNotifications

INDEXES = [
    *mongo_channels.INDEXES,
    *mongo_articles.INDEXES,
    *mongo_comments.INDEXES,
    *mongo_commenters.INDEXES,
    *mongo_bound_accounts.INDEXES,
    *mongo_snapshots.INDEXES,
    *mongo_latest_figures.INDEXES,
    *mongo_followers.INDEXES,
    *mongo_notifications.INDEXES,
    *mongo_grants.INDEXES,
]


@pytest.fixture(scope="session")
def wrapping_keys() -> WrappingKeys:
    return WrappingKeys({"test": bytes(32)})


@pytest.fixture
async def store(mongodb_uri: str) -> AsyncIterator[Store]:
    store = Store.connect(mongodb_uri, f"outreach_contract_{uuid4().hex}")
    await store.create_indexes(INDEXES)
    yield store
    await store.close()


@pytest.fixture
def person_keys(store: Store, wrapping_keys: WrappingKeys) -> PersonKeys:
    return PersonKeys(store, wrapping_keys, now=utc_now)


@pytest.fixture(params=["memory", "mongo"])
def kept_in(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def channels(
    kept_in: str, request: pytest.FixtureRequest, wrapping_keys: WrappingKeys
) -> MemoryChannels | MongoChannels:
    if kept_in == "memory":
        return MemoryChannels()
    return MongoChannels(request.getfixturevalue("store"), SecretBox(wrapping_keys))


@pytest.fixture
def articles(kept_in: str, request: pytest.FixtureRequest) -> MemoryArticles | MongoArticles:
    if kept_in == "memory":
        return MemoryArticles()
    return MongoArticles(request.getfixturevalue("store"))


@pytest.fixture
def comments(kept_in: str, request: pytest.FixtureRequest) -> MemoryComments | MongoComments:
    if kept_in == "memory":
        return MemoryComments()
    return MongoComments(request.getfixturevalue("store"), request.getfixturevalue("person_keys"))


@pytest.fixture
def commenters(kept_in: str, request: pytest.FixtureRequest) -> MemoryCommenters | MongoCommenters:
    if kept_in == "memory":
        return MemoryCommenters()
    return MongoCommenters(request.getfixturevalue("store"))


@pytest.fixture
def accounts(
    kept_in: str, request: pytest.FixtureRequest
) -> MemoryBoundAccounts | MongoBoundAccounts:
    if kept_in == "memory":
        return MemoryBoundAccounts()
    return MongoBoundAccounts(request.getfixturevalue("store"))


@pytest.fixture
def snapshots(kept_in: str, request: pytest.FixtureRequest) -> MemorySnapshots | MongoSnapshots:
    if kept_in == "memory":
        return MemorySnapshots()
    return MongoSnapshots(request.getfixturevalue("store"))


@pytest.fixture
def figures(
    kept_in: str, request: pytest.FixtureRequest
) -> MemoryLatestFigures | MongoLatestFigures:
    if kept_in == "memory":
        return MemoryLatestFigures()
    return MongoLatestFigures(request.getfixturevalue("store"))


@pytest.fixture
async def strictly(store: Store) -> bool:
    """Whether the store can answer a sorted list from an index at all."""
    return await walks_sorted(store)


class Rooms(NamedTuple):
    """The repositories of notices."""

    steps: MemoryIssueSteps | MongoIssueSteps
    followings: MemoryFollowings | MongoFollowings
    notifications: MemoryNotifications | MongoNotifications
    users: MemoryWeChatUsers | MongoWeChatUsers
    grants: MemoryGrants | MongoGrants


@pytest.fixture
def rooms(kept_in: str, request: pytest.FixtureRequest) -> Rooms:
    if kept_in == "memory":
        return Rooms(
            MemoryIssueSteps(),
            MemoryFollowings(),
            MemoryNotifications(),
            MemoryWeChatUsers(),
            MemoryGrants(),
        )
    store: Store = request.getfixturevalue("store")
    return Rooms(
        MongoIssueSteps(store),
        MongoFollowings(store),
        MongoNotifications(store),
        MongoWeChatUsers(store, request.getfixturevalue("person_keys")),
        MongoGrants(store),
    )
