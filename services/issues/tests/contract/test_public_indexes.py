"""Every query of photos, followers, timeline and public issues is served by an index."""

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
import pytest
from chassis.ids import new_id
from chassis.mongo import Store
from chassis.testing import FrozenClock
from chassis.testing_explain import Recorded, assert_indexed
from issues.adapters.mongo_issues import MongoIssues
from issues.adapters.photos import mongo_photos
from issues.adapters.photos.mongo_photos import MongoPhotos
from issues.adapters.public import mongo_followers, mongo_timeline
from issues.adapters.public.mongo_followers import MongoFollowers
from issues.adapters.public.mongo_timeline import MongoTimeline
from issues.domain.followers.follower import Follower, FollowerRole
from issues.domain.issue import Issue
from issues.domain.photos.photo import Photo, PhotoState, request_photo
from issues.domain.timeline.entry import EntryKind, Happening, entry_of

from .conftest import TOPIC

MANY = 120
COMMUNITIES = ("community_1", "community_2")
ISSUES = [f"issue_{number}" for number in range(4)]


@pytest.fixture
async def indexed(mongo: Store) -> Store:
    await mongo.create_indexes(
        [*mongo_photos.INDEXES, *mongo_followers.INDEXES, *mongo_timeline.INDEXES]
    )
    return mongo


async def test_photos(indexed: Store, clock: FrozenClock, strictly: bool) -> None:
    photos = MongoPhotos(indexed, topic=TOPIC, now=clock)
    made = [_photo(number, clock) for number in range(MANY)]
    await photos.add_many([(photo, ()) for photo in made])
    recorded = photos.collection = Recorded(photos.collection)
    await photos.of_ticket(made[0].id)
    await photos.of_issue("community_1", ISSUES[0], [photo.id for photo in made[:3]])
    await photos.kept_of("community_1", ISSUES[:2])
    await photos.sent_by("community_1", "account_1", ISSUES[:2])
    at = clock() + timedelta(hours=1)
    due = await photos.due_to_clear(at, first=5, after=None)
    assert len(await photos.due_to_clear(at, first=5, after=due[-1].place)) == 5
    assert len(recorded.plans) == 6
    assert_indexed(recorded.plans, strictly=strictly)


async def test_followers(
    indexed: Store, clock: FrozenClock, strictly: bool, nine: datetime
) -> None:
    followers = MongoFollowers(indexed, topic=TOPIC, now=clock)
    await followers.add_many([(_follower(number, nine), ()) for number in range(MANY)])
    recorded = followers.collection = Recorded(followers.collection)
    page = await followers.followed_by("community_1", "account_0", first=3, after=None)
    assert page.has_next_page
    await followers.followed_by("community_1", "account_0", first=3, after=page.cursors[-1])
    await followers.reporters_of("community_1", ISSUES[0])
    await followers.get_many("community_1", [one.id for one in page.items])
    page = await followers.of_issue("community_1", ISSUES[0], first=3, after=None)
    assert page.has_next_page
    await followers.of_issue("community_1", ISSUES[0], first=3, after=page.cursors[-1])
    assert len(recorded.plans) == 6
    assert_indexed(recorded.plans, strictly=strictly)


async def test_followers_are_counted_by_index(
    indexed: Store, clock: FrozenClock, strictly: bool, nine: datetime
) -> None:
    followers = MongoFollowers(indexed, topic=TOPIC, now=clock)
    await followers.add_many([(_follower(number, nine), ()) for number in range(MANY)])
    recorded = followers.collection = Recorded(followers.collection)
    assert len(await followers.count_of("community_1", ISSUES)) == 2
    assert_indexed(recorded.plans, strictly=strictly)


async def test_timeline(indexed: Store, clock: FrozenClock, strictly: bool, nine: datetime) -> None:
    timeline = MongoTimeline(indexed, topic=TOPIC, now=clock)
    kinds = (EntryKind.STARTED, EntryKind.SLA_AT_RISK)
    entries = [
        entry_of(
            Happening(
                issue_id=ISSUES[number % 4],
                kind=kinds[number % 2],
                at=nine + timedelta(minutes=number),
            ),
            entry_id=new_id("entry"),
            community_id=COMMUNITIES[number % 3 // 2],
            sequence=number,
        )
        for number in range(MANY)
    ]
    await timeline.add_many([(entry, ()) for entry in entries])
    recorded = timeline.collection = Recorded(timeline.collection)
    for public_only in (True, False):
        page = await timeline.of_issue(
            "community_1", ISSUES[0], public_only=public_only, first=5, after=None
        )
        assert page.has_next_page
        await timeline.of_issue(
            "community_1", ISSUES[0], public_only=public_only, first=5, after=page.cursors[-1]
        )
    assert len(recorded.plans) == 4
    assert_indexed(recorded.plans, strictly=strictly)


async def test_public_issues(
    indexed: Store,
    clock: FrozenClock,
    strictly: bool,
    nine: datetime,
    an_issue: Callable[..., Issue],
    community_id: str,
) -> None:
    issues = MongoIssues(indexed, topic=TOPIC, now=clock)
    made = [
        msgspec.structs.replace(
            an_issue(), published_at=nine + timedelta(minutes=number) if number % 3 else None
        )
        for number in range(MANY)
    ]
    await issues.add_many([(issue, ()) for issue in made])
    recorded = issues.collection = Recorded(issues.collection)
    page = await issues.public(community_id, first=10, after=None)
    await issues.public(community_id, first=10, after=page.cursors[-1])
    assert len(recorded.plans) == 2
    assert_indexed(recorded.plans, strictly=strictly)


def _photo(number: int, clock: FrozenClock) -> Photo:
    asked = request_photo(
        new_id("photo"),
        community_id=COMMUNITIES[number % 2],
        issue_id=ISSUES[number % 4],
        by="account_1",
        at=clock(),
    )
    state = PhotoState.KEPT if number % 3 else PhotoState.AWAITING
    return msgspec.structs.replace(asked, state=state)


def _follower(number: int, at: datetime) -> Follower:
    return Follower(
        id=new_id("follower"),
        community_id=COMMUNITIES[number % 2],
        issue_id=ISSUES[number % 4],
        account_id=f"account_{number % 6}",
        role=FollowerRole.FOLLOWER if number % 8 else FollowerRole.REPORTER,
        following=bool(number % 5),
        changed_at=at + timedelta(minutes=number),
    )
