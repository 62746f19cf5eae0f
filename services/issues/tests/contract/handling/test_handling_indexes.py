"""Every query of the handling is served by an index; the store itself explains it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from chassis.mongo import Store
from chassis.testing import FrozenClock
from chassis.testing_explain import Recorded, assert_indexed
from issues.adapters.handling.known_accounts import StoredKnownAccounts
from issues.adapters.handling.mongo_handling_tallies import MongoHandlingTallies
from issues.adapters.memory import MemoryFailures
from issues.adapters.mongo_issues import MongoIssues
from issues.application.handling.sweep_clocks import SweepClocks
from issues.application.ports import Period
from issues.domain.issue import Issue

from ...handling_stages import STEWARD, confirmed, in_progress, resolved, with_round

MakeIssue = Callable[..., Issue]
TOPIC = "linli.issues.events"
PER_COMMUNITY = 120


@pytest.fixture
async def issues(
    mongo: Store, clock: FrozenClock, an_issue: MakeIssue, nine: datetime
) -> MongoIssues:
    """Two communities' issues, at four stages."""
    kept = MongoIssues(mongo, topic=TOPIC, now=clock)
    for community in ({}, {"community_id": "community_other"}):
        for minute in range(PER_COMMUNITY):
            issue = an_issue(received_at=nine + timedelta(minutes=minute), **community)
            match minute % 4:
                case 0:
                    issue = confirmed(issue)
                case 1:
                    issue = resolved(issue)
                case 2:
                    day = date(2026, 11, 24) + timedelta(days=minute)
                    issue = with_round(in_progress(issue), due_on=day)
            await kept.add(issue)
    return kept


async def test_every_list_of_the_handling_has_an_index(
    issues: MongoIssues, strictly: bool, community_id: str, nine: datetime
) -> None:
    recorded = issues.collection = Recorded(issues.collection)
    tallies = MongoHandlingTallies(issues)
    period = Period(nine + timedelta(minutes=30), nine + timedelta(minutes=90))
    page = await issues.assigned_to(community_id, STEWARD, first=10, after=None)
    await issues.assigned_to(community_id, STEWARD, first=10, after=page.cursors[-1])
    later = nine + timedelta(days=30)
    page = await tallies.judged(community_id, period, judged_by=later, first=10, after=None)
    await tallies.judged(community_id, period, judged_by=later, first=10, after=page.cursors[-1])
    page = await tallies.done(community_id, period, first=10, after=None)
    await tallies.done(community_id, period, first=10, after=page.cursors[-1])
    page = await tallies.rated(community_id, period, first=10, after=None)
    await tallies.rated(community_id, period, first=10, after=page.cursors[-1])
    assert len(recorded.plans) == 8
    assert_indexed(recorded.plans, strictly=strictly)


async def test_every_figure_of_the_handling_is_counted_by_index(
    issues: MongoIssues, community_id: str, nine: datetime, strictly: bool
) -> None:
    recorded = issues.collection = Recorded(issues.collection)
    tallies = MongoHandlingTallies(issues)
    period = Period(nine + timedelta(minutes=30), nine + timedelta(minutes=90))
    await tallies.groups(community_id, period, judged_by=nine)
    assert_indexed(recorded.plans, strictly=True)
    await tallies.promises(
        community_id, date(2026, 11, 25), date(2026, 12, 25), today=date(2026, 11, 26)
    )
    assert len(recorded.plans) == 2
    assert_indexed(recorded.plans, strictly=strictly)


async def test_the_sweep_finds_what_is_due_by_index(
    issues: MongoIssues, clock: FrozenClock, strictly: bool
) -> None:
    recorded = issues.collection = Recorded(issues.collection)
    clock.advance(days=6)
    assert await SweepClocks(issues, MemoryFailures(), clock)() == PER_COMMUNITY
    assert_indexed(recorded.plans, strictly=strictly)
    assert len(recorded.plans) == 3


async def test_known_accounts_are_read_by_their_ids(
    mongo: Store, community_id: str, strictly: bool
) -> None:
    accounts = StoredKnownAccounts(mongo)
    await accounts.learn(community_id, STEWARD, ["steward"], sequence=1)
    recorded = accounts._known.collection = Recorded(accounts._known.collection)
    await accounts.roles_of(community_id, [STEWARD])
    assert_indexed(recorded.plans, strictly=strictly)
