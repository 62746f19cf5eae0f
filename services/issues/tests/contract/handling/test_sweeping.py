"""The sweep over MongoDB: several at once, and issues that cannot be read."""

import asyncio
from collections.abc import Callable

import pytest
from chassis.errors import StoreUnavailable
from chassis.mongo import Store
from chassis.testing import FrozenClock
from issues.adapters.memory import MemoryFailures, MemoryIssues
from issues.adapters.mongo_issues import MongoIssues
from issues.application.handling.sweep_clocks import SweepClocks
from issues.domain.issue import Issue

from ...handling_stages import resolved
from ..conftest import OpenStore

MakeIssue = Callable[..., Issue]
TOPIC = "linli.issues.events"


@pytest.mark.parametrize("bad", [2, 150])
async def test_an_issue_that_cannot_be_read_holds_up_no_other(
    opened: OpenStore, an_issue: MakeIssue, clock: FrozenClock, bad: int
) -> None:
    issues = MongoIssues(await opened("motor"), topic=TOPIC, now=clock)
    made = [await issues.add(an_issue(category="water")) for _ in range(160)]
    broken = made[:bad]
    await issues.collection.update_many(
        {"_id": {"$in": [one.id for one in broken]}}, {"$set": {"state": "of a later release"}}
    )
    clock.advance(days=2)
    failures = MemoryFailures()
    sweep = SweepClocks(issues, failures, clock)
    assert await sweep.count_due() == 160
    assert failures.counted == []
    assert await sweep() == 160
    assert sorted(about for _, about, _ in failures.counted) == sorted(one.id for one in broken)
    for one in made[bad:]:
        told = await issues.get(one.community_id, one.id)
        assert told.handling.breach_noticed_at == clock.at
    await issues.collection.update_many({"state": "of a later release"}, {"$set": {"state": "new"}})
    assert await sweep() == bad
    assert await sweep() == 0
    assert len(failures.counted) == bad


async def test_a_store_that_is_away_is_no_issues_fault(
    an_issue: MakeIssue, clock: FrozenClock
) -> None:
    class AwayIssues(MemoryIssues):
        async def change_due(self, *_: object, **__: object) -> int:
            raise StoreUnavailable

    failures = MemoryFailures()
    with pytest.raises(StoreUnavailable):
        await SweepClocks(AwayIssues(), failures, clock)()
    assert failures.counted == []


async def test_two_sweepers_at_once_do_each_thing_once(
    mongo: Store, an_issue: MakeIssue, clock: FrozenClock
) -> None:
    issues = MongoIssues(mongo, topic=TOPIC, now=clock)
    for number in range(60):
        made = an_issue(category="water", hazard=True)
        await issues.add(resolved(an_issue()) if number % 3 == 0 else made)
    clock.advance(days=30)
    await asyncio.gather(*(SweepClocks(issues, MemoryFailures(), clock)() for _ in range(4)))

    written = await issues.collection.find({})
    for document in written:
        told = [(entry["type"], entry["data"].get("clock")) for entry in document["outbox"]]
        assert len(told) == len(set(told)), told
        if document["state"] == "confirmed":
            assert told == [("issue.confirmed.v1", None)]
        else:
            assert len(told) == 4
    assert {document["state"] for document in written} == {"new", "confirmed"}
