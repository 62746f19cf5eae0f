"""Every query of the api is served by an index, without a sort in memory.

What the adapters really ask is recorded and the store itself explains it. The simpler of the two
embedded stores never walks an index for a sort, and reads a whole collection where a condition
goes beyond one index; there the rule is asked of the figures alone, and of lists that they have
been answered and explained.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from chassis.ids import new_id
from chassis.mongo import Store
from chassis.testing import FrozenClock
from chassis.testing_explain import Recorded, assert_indexed
from issues.adapters.mongo_hazard_rule_sets import MongoHazardRuleSets
from issues.adapters.mongo_intakes import MongoIntakes
from issues.adapters.mongo_issues import MongoIssues
from issues.application.ports import Period
from issues.domain.decisions import DismissalReason
from issues.domain.intake import Intake, IntakeState
from issues.domain.issue import Issue, IssueState

MakeIntake = Callable[..., Intake]
MakeIssue = Callable[..., Issue]

CLERK = "account_01jd8f6v5tev4b8f4z9x7m2k08"
TOPIC = "linli.issues.events"
PER_COMMUNITY = 120


@pytest.fixture
async def intakes(
    mongo: Store, clock: FrozenClock, an_intake: MakeIntake, nine: datetime
) -> MongoIntakes:
    """Two communities' intakes, of every fate."""
    intakes = MongoIntakes(mongo, topic=TOPIC, now=clock)
    for community in ({}, {"community_id": "community_other"}):
        for minute in range(PER_COMMUNITY):
            at = nine + timedelta(minutes=minute)
            intake = an_intake(received_at=at, **community)
            match minute % 4:
                case 0:
                    intake, _ = intake.note_reply(at=at + timedelta(seconds=minute), by=CLERK)
                case 1:
                    intake, _ = intake.dismiss(reason=DismissalReason.SPAM, by=CLERK, at=at)
            await intakes.add(intake)
    return intakes


@pytest.fixture
async def issues(
    mongo: Store, clock: FrozenClock, an_issue: MakeIssue, nine: datetime
) -> MongoIssues:
    """Two communities' issues."""
    issues = MongoIssues(mongo, topic=TOPIC, now=clock)
    for community in ({}, {"community_id": "community_other"}):
        for minute in range(PER_COMMUNITY):
            issue = an_issue(received_at=nine + timedelta(minutes=minute), **community)
            if minute % 2:
                issue, _ = issue.acknowledge(by=CLERK, at=nine)
            await issues.add(issue)
    return issues


async def test_every_list_of_intakes_has_an_index(
    intakes: MongoIntakes, strictly: bool, community_id: str, nine: datetime
) -> None:
    recorded = intakes.collection = Recorded(intakes.collection)
    period = Period(nine + timedelta(minutes=30), nine + timedelta(minutes=90))
    later = nine + timedelta(days=2)
    page = await intakes.inbox(community_id, None, first=20, after=None)
    await intakes.inbox(community_id, None, first=20, after=page.cursors[-1])
    page = await intakes.inbox(community_id, IntakeState.REPLIED, first=10, after=None)
    await intakes.inbox(community_id, IntakeState.REPLIED, first=10, after=page.cursors[-1])
    page = await intakes.judged_replies(community_id, period, judged_by=later, first=10, after=None)
    await intakes.judged_replies(
        community_id, period, judged_by=later, first=10, after=page.cursors[-1]
    )
    await intakes.get_many(community_id, [intake.id for intake in page.items])
    await intakes.get(community_id, page.items[0].id)
    assert len(recorded.plans) == 8
    assert_indexed(recorded.plans, strictly=strictly)


async def test_every_list_of_issues_has_an_index(
    issues: MongoIssues, strictly: bool, community_id: str
) -> None:
    recorded = issues.collection = Recorded(issues.collection)
    page = await issues.latest(community_id, None, first=20, after=None)
    await issues.latest(community_id, None, first=20, after=page.cursors[-1])
    page = await issues.latest(community_id, IssueState.NEW, first=20, after=None)
    await issues.latest(community_id, IssueState.NEW, first=20, after=page.cursors[-1])
    await issues.get_many(community_id, [issue.id for issue in page.items])
    await issues.get(community_id, page.items[0].id)
    assert len(recorded.plans) == 6
    assert_indexed(recorded.plans, strictly=strictly)


async def test_every_figure_of_intakes_is_counted_by_index(
    intakes: MongoIntakes, community_id: str, nine: datetime
) -> None:
    recorded = intakes.collection = Recorded(intakes.collection)
    period = Period(nine + timedelta(minutes=30), nine + timedelta(minutes=90))
    await intakes.awaiting_reply(community_id)
    await intakes.tally_replies(community_id, period, judged_by=nine + timedelta(days=2))
    await intakes.reply_seconds_at(community_id, period, [0, 3])
    assert len(recorded.plans) == 3
    assert_indexed(recorded.plans, strictly=True)


async def test_open_issues_are_counted_by_index(
    issues: MongoIssues, strictly: bool, community_id: str
) -> None:
    recorded = issues.collection = Recorded(issues.collection)
    assert await issues.open_issues(community_id) == PER_COMMUNITY
    assert_indexed(recorded.plans, strictly=strictly)


async def test_the_rules_of_a_community_are_read_by_their_id(
    mongo: Store, strictly: bool, clock: FrozenClock, community_id: str
) -> None:
    rule_sets = MongoHazardRuleSets(mongo, topic=TOPIC, now=clock)
    recorded = rule_sets.collection = Recorded(rule_sets.collection)
    await rule_sets.get_many(community_id, [new_id("ruleset")])
    assert_indexed(recorded.plans, strictly=strictly)


async def test_a_query_without_an_index_is_caught(intakes: MongoIntakes, community_id: str) -> None:
    recorded = Recorded(intakes.collection)
    where = {"community_id": community_id, "person_key": new_id("person")}
    await recorded.find(where, sort=(("person_key", 1),), limit=20)
    await recorded.aggregate([{"$match": {"person_key": new_id("person")}}])
    for plan in recorded.plans:
        with pytest.raises(AssertionError, match=r"SORT|COLLSCAN"):
            assert_indexed([plan], strictly=True)
