"""What the first page of the mini-program costs: how often this service asks its store for it.

A call costs the store and this service more than a millisecond, whatever it finds.
"""

import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from chassis.mongo import Store
from chassis.testing import FrozenClock
from chassis.testing_pages import StoreCalls, page_part, resident_asks, settings_of
from issues.adapters.public.mongo_followers import MongoFollowers
from issues.api.schema import build as build_schema
from issues.bootstrap.foundation import Foundation
from issues.bootstrap.rooms import build_on
from issues.derived_ids import follower_id_of
from issues.domain.followers.follower import Follower, FollowerRole
from issues.domain.issue import Issue
from issues.settings import IssuesSettings

from .conftest import TOPIC

HOME = (Path(__file__).parents[4] / "gateway/operations/miniprogram/Home.graphql").read_text()
ME = "account_me"
CALLS = {
    "issues.find": 2,  # the latest that are public; those that somebody follows
    "followers.find": 1,
    "followers.aggregate": 1,
}


@dataclass(frozen=True)
class Listened:
    """A store of the test's own that is listened to, and what the service would read of."""

    store: Store
    calls: StoreCalls
    foundation: Foundation


@pytest.fixture
async def listened(mongodb_uri: str, clock: FrozenClock) -> AsyncIterator[Listened]:
    settings = settings_of(IssuesSettings, mongodb_uri, keys=["photo_url_key"])
    calls = StoreCalls()
    store = Store.connect(mongodb_uri, f"issues_{uuid.uuid4().hex}", on_command=calls.note)
    yield Listened(store, calls, Foundation(settings, store, clock))
    await store.close()


async def test_a_page_takes_so_many_calls_of_the_store(
    listened: Listened, clock: FrozenClock, an_issue: Callable[..., Issue], community_id: str
) -> None:
    at = clock()
    made = [
        msgspec.structs.replace(an_issue(), published_at=at + timedelta(minutes=number))
        for number in range(6)
    ]
    mine = Follower(
        id=follower_id_of(made[0].id, ME),
        community_id=community_id,
        issue_id=made[0].id,
        account_id=ME,
        role=FollowerRole.FOLLOWER,
        following=True,
        changed_at=at,
    )
    await listened.foundation.issues.add_many([(it, ()) for it in made])
    await MongoFollowers(listened.store, topic=TOPIC, now=clock).add(mine)
    matters = build_on(listened.foundation).matters
    context = resident_asks(matters, account_id=ME, community_id=community_id)
    listened.calls.taken()

    shown = await page_part(HOME, build_schema(introspection=False), context)

    assert listened.calls.taken() == CALLS
    assert [node["id"] for node in shown["myIssues"]["nodes"]] == [made[0].id]
    latest = shown["publicIssues"]["nodes"]
    assert [node["id"] for node in latest] == [it.id for it in reversed(made[1:])]
    assert {node["followerCount"] for node in latest} == {0}
