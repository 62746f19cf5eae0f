"""What holds for followers, timeline and public issues in memory holds for those in a store."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec
import pytest
from chassis.ids import new_id
from chassis.testing import FrozenClock
from issues.adapters.memory import MemoryIssues
from issues.adapters.mongo_issues import MongoIssues
from issues.adapters.public import mongo_followers, mongo_timeline
from issues.adapters.public.memory import MemoryFollowers, MemoryTimeline
from issues.adapters.public.mongo_followers import MongoFollowers
from issues.adapters.public.mongo_timeline import MongoTimeline
from issues.application.ports import Cursor, Issues
from issues.application.public.ports import Followers, Timeline
from issues.domain.events import Event
from issues.domain.followers.follower import Follower
from issues.domain.handling.party import PartyKind
from issues.domain.issue import Issue
from issues.domain.timeline.entry import (
    EntryFacts,
    EntryKind,
    Happening,
    TimelineEntry,
    entry_of,
)

from .conftest import TOPIC, OpenStore

MakeIssue = Callable[..., Issue]


@dataclass(frozen=True)
class PublicStores:
    """One of each kind, empty."""

    followers: Followers
    timeline: Timeline
    issues: Issues


@pytest.fixture(params=["memory", "motor", "pymongo"])
async def stores(
    request: pytest.FixtureRequest, clock: FrozenClock, opened: OpenStore
) -> PublicStores:
    if request.param == "memory":
        return PublicStores(MemoryFollowers(), MemoryTimeline(), MemoryIssues())
    store = await opened(request.param)
    await store.create_indexes([*mongo_followers.INDEXES, *mongo_timeline.INDEXES])
    return PublicStores(
        MongoFollowers(store, topic=TOPIC, now=clock),
        MongoTimeline(store, topic=TOPIC, now=clock),
        MongoIssues(store, topic=TOPIC, now=clock),
    )


async def following(
    stores: PublicStores, community_id: str, issue_id: str, account_id: str, at: datetime
) -> Follower:
    follower = await stores.followers.add(
        Follower(
            id=new_id("follower"),
            community_id=community_id,
            issue_id=issue_id,
            account_id=account_id,
        )
    )
    return await stores.followers.change(community_id, follower.id, lambda one: one.follow(at))


async def test_what_an_account_follows_comes_the_latest_first_in_pages(
    stores: PublicStores, community_id: str, nine: datetime
) -> None:
    followed = [
        await following(stores, community_id, f"issue_{n}", "a", nine + timedelta(minutes=n // 2))
        for n in range(5)
    ]
    await following(stores, community_id, "issue_0", "b", nine)
    await following(stores, "community_other", "issue_0", "a", nine)
    left = await following(stores, community_id, "issue_9", "a", nine)
    await stores.followers.change(community_id, left.id, lambda one: one.unfollow(nine))

    found: list[Follower] = []
    after: Cursor | None = None
    while True:
        page = await stores.followers.followed_by(community_id, "a", first=2, after=after)
        found += page.items
        if not page.has_next_page:
            break
        after = page.cursors[-1]
    assert [one.id for one in found] == [
        one.id for one in sorted(followed, key=lambda one: (one.changed_at, one.id), reverse=True)
    ]


async def test_followers_are_counted_by_issue(
    stores: PublicStores, community_id: str, nine: datetime
) -> None:
    for account in ("a", "b"):
        await following(stores, community_id, "issue_1", account, nine)
    await following(stores, community_id, "issue_2", "a", nine)
    await following(stores, community_id, "issue_3", "a", nine)
    await following(stores, "community_other", "issue_1", "a", nine)
    gone = await following(stores, community_id, "issue_1", "c", nine)
    await stores.followers.change(community_id, gone.id, lambda one: one.unfollow(nine))
    counted = await stores.followers.count_of(community_id, ["issue_1", "issue_2", "issue_4"])
    assert (counted["issue_1"], counted["issue_2"], counted.get("issue_4", 0)) == (2, 1, 0)
    assert "issue_3" not in counted
    assert not await stores.followers.count_of(community_id, [])


async def test_the_reporter_is_found(
    stores: PublicStores, community_id: str, nine: datetime
) -> None:
    reporter = await following(stores, community_id, "issue_1", "a", nine)
    await following(stores, community_id, "issue_1", "b", nine)
    await stores.followers.change(community_id, reporter.id, lambda one: one.be_reporter(nine))
    (found,) = await stores.followers.reporters_of(community_id, "issue_1")
    assert (found.id, found.is_reporter) == (reporter.id, True)
    assert await stores.followers.reporters_of("community_other", "issue_1") == []


async def test_who_follows_an_issue_is_listed_in_pages(
    stores: PublicStores, community_id: str, nine: datetime
) -> None:
    made = [await following(stores, community_id, "issue_1", name, nine) for name in "abcde"]
    await stores.followers.change(community_id, made[2].id, lambda one: one.be_reporter(nine))
    await stores.followers.change(community_id, made[3].id, lambda one: one.unfollow(nine))
    await following(stores, community_id, "issue_2", "a", nine)
    await following(stores, "community_other", "issue_1", "a", nine)
    found: list[str] = []
    after: Cursor | None = None
    while True:
        page = await stores.followers.of_issue(community_id, "issue_1", first=2, after=after)
        found += [one.account_id for one in page.items]
        if not page.has_next_page:
            break
        after = page.cursors[-1]
    assert sorted(found) == ["a", "b", "c", "e"]


def entry(
    community_id: str, kind: EntryKind, at: datetime, sequence: int, **facts: object
) -> TimelineEntry:
    happening = Happening(
        issue_id="issue_1", kind=kind, at=at, facts=msgspec.convert(facts, EntryFacts)
    )
    return entry_of(
        happening, entry_id=new_id("entry"), community_id=community_id, sequence=sequence
    )


async def all_of(stores: PublicStores, community_id: str, *, public_only: bool) -> list[str]:
    """The entries in pages of two."""
    found: list[str] = []
    after: Cursor | None = None
    while True:
        page = await stores.timeline.of_issue(
            community_id, "issue_1", public_only=public_only, first=2, after=after
        )
        found += [one.id for one in page.items]
        if not page.has_next_page:
            return found
        after = page.cursors[-1]


async def test_entries_come_in_order_whatever_order_they_were_written_in(
    stores: PublicStores, community_id: str, nine: datetime
) -> None:
    later = nine + timedelta(hours=1)
    entries = [
        entry(community_id, EntryKind.REPORTED, nine, 1),
        entry(community_id, EntryKind.ACKNOWLEDGED, nine, 2),
        entry(community_id, EntryKind.SLA_AT_RISK, later, 3),
        entry(community_id, EntryKind.RESOLVED, later, 4, photo_count=2),
    ]
    for one in reversed(entries):
        await stores.timeline.add(one)
    await stores.timeline.add(entry("community_other", EntryKind.REPORTED, nine, 1))
    assert await all_of(stores, community_id, public_only=False) == [one.id for one in entries]
    public = [one.id for one in entries if one.public]
    assert await all_of(stores, community_id, public_only=True) == public
    assert len(public) == 3


async def test_an_entry_is_written_once(
    stores: PublicStores, community_id: str, nine: datetime
) -> None:
    one = entry(
        community_id,
        EntryKind.ROUND_RECORDED,
        nine,
        5,
        round=2,
        party_kind=PartyKind.WATER,
        promise_due_on=date(2026, 12, 1),
    )
    first = await stores.timeline.add(one)
    assert await stores.timeline.add(msgspec.structs.replace(one, event_sequence=9)) == first
    page = await stores.timeline.of_issue(
        community_id, "issue_1", public_only=True, first=9, after=None
    )
    assert list(page.items) == [first]
    assert first.facts.promise_due_on == date(2026, 12, 1)


async def test_public_issues_come_the_latest_published_first(
    stores: PublicStores, an_issue: MakeIssue, community_id: str, nine: datetime
) -> None:
    issues = [await stores.issues.add(an_issue()) for _ in range(4)]
    for minute, issue in ((3, issues[2]), (1, issues[0]), (2, issues[1])):
        at = nine + timedelta(minutes=minute)
        published = msgspec.structs.replace(issue, public_text="路灯不亮", published_at=at)
        await stores.issues.change(community_id, issue.id, _becomes(published))
    first = await stores.issues.public(community_id, first=2, after=None)
    rest = await stores.issues.public(community_id, first=2, after=first.cursors[-1])
    assert [one.id for one in (*first.items, *rest.items)] == [
        issues[2].id,
        issues[1].id,
        issues[0].id,
    ]
    assert (first.has_next_page, rest.has_next_page) == (True, False)
    nobody = await stores.issues.public("community_other", first=2, after=None)
    assert list(nobody.items) == []


def _becomes(published: Issue) -> Callable[[Issue], tuple[Issue, Sequence[Event]]]:
    return lambda _: (published, ())
