"""Every query of the api is served by an index, without a sort in memory.

What the adapters really ask is recorded and the store itself explains it. The simpler of the two
embedded stores never walks an index for a sort, and reads a whole collection where a condition
goes beyond one index; there the rule is asked of the figures alone, and of lists that they have
been answered and explained.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from chassis.ids import new_id
from chassis.mongo import Collection, Document, Index, Sort, Store
from chassis.testing import FrozenClock
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
KEYS_FOR_A_ROW = 10


class Recorded(Collection):
    """A collection that explains every read before it answers it."""

    def __init__(self, collection: Collection) -> None:
        super().__init__(collection._driver)
        self.plans: list[Document] = []

    async def find(
        self,
        where: Document,
        *,
        fields: Any = None,
        sort: Sort | None = None,
        limit: int = 0,
    ) -> list[Document]:
        self.plans.append(await self.explain_find(where, sort=sort, limit=limit))
        return await super().find(where, fields=fields, sort=sort, limit=limit)

    async def find_one(
        self, where: Document, *, fields: Any = None, sort: Sort | None = None
    ) -> Document | None:
        self.plans.append(await self.explain_find(where, sort=sort, limit=1))
        return await super().find_one(where, fields=fields, sort=sort)

    async def count(self, where: Document, *, limit: int = 0) -> int:
        # what the driver makes of count_documents
        pipeline = [{"$match": where}, {"$group": {"_id": 1, "n": {"$sum": 1}}}]
        self.plans.append(await self.explain_aggregate(pipeline))
        return await super().count(where, limit=limit)

    async def aggregate(self, pipeline: Sequence[Document]) -> list[Document]:
        self.plans.append(await self.explain_aggregate(pipeline))
        return await super().aggregate(pipeline)


def stages_of(plan: object) -> Iterator[str]:
    """The names of all stages of a winning plan."""
    if isinstance(plan, dict):
        if isinstance(plan.get("stage"), str):
            yield plan["stage"]
        for key, part in plan.items():
            if key != "rejectedPlans":
                yield from stages_of(part)
    elif isinstance(plan, list):
        for part in plan:
            yield from stages_of(part)


def explained(plan: Document) -> tuple[list[str], int, int]:
    """The stages, the keys examined and the rows that the index part returned."""
    if "stages" in plan:
        plan = plan["stages"][0]["$cursor"]
    stats = plan["executionStats"]
    return (
        list(stages_of(plan["queryPlanner"]["winningPlan"])),
        int(stats["totalKeysExamined"]),
        int(stats["nReturned"]),
    )


@pytest.fixture
async def strictly(mongo: Store) -> bool:
    """Whether the store can answer a sorted list from an index at all."""
    probe = Index(collection="probe", keys=(("a", 1), ("b", 1)))
    await mongo.create_indexes([probe])
    await mongo.collection("probe").insert_many([{"_id": n, "a": 1, "b": n} for n in range(9)])
    plan = await mongo.collection("probe").explain_find({"a": 1}, sort=(("b", -1),), limit=2)
    return "SORT" not in explained(plan)[0]


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


def check(plans: Sequence[Document], *, strictly: bool) -> None:
    assert plans
    for plan in plans:
        stages, keys, rows = explained(plan)
        assert stages
        if strictly:
            assert "COLLSCAN" not in stages, plan
            assert "SORT" not in stages, plan
            assert keys <= KEYS_FOR_A_ROW * max(rows, 1), plan


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
    check(recorded.plans, strictly=strictly)


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
    check(recorded.plans, strictly=strictly)


async def test_every_figure_of_intakes_is_counted_by_index(
    intakes: MongoIntakes, community_id: str, nine: datetime
) -> None:
    recorded = intakes.collection = Recorded(intakes.collection)
    period = Period(nine + timedelta(minutes=30), nine + timedelta(minutes=90))
    await intakes.awaiting_reply(community_id)
    await intakes.tally_replies(community_id, period, judged_by=nine + timedelta(days=2))
    await intakes.reply_seconds_at(community_id, period, [0, 3])
    assert len(recorded.plans) == 3
    check(recorded.plans, strictly=True)


async def test_open_issues_are_counted_by_index(
    issues: MongoIssues, strictly: bool, community_id: str
) -> None:
    recorded = issues.collection = Recorded(issues.collection)
    assert await issues.open_issues(community_id) == PER_COMMUNITY
    check(recorded.plans, strictly=strictly)


async def test_the_rules_of_a_community_are_read_by_their_id(
    mongo: Store, strictly: bool, clock: FrozenClock, community_id: str
) -> None:
    rule_sets = MongoHazardRuleSets(mongo, topic=TOPIC, now=clock)
    recorded = rule_sets.collection = Recorded(rule_sets.collection)
    await rule_sets.get_many(community_id, [new_id("ruleset")])
    check(recorded.plans, strictly=strictly)


async def test_a_query_without_an_index_is_caught(intakes: MongoIntakes, community_id: str) -> None:
    recorded = Recorded(intakes.collection)
    where = {"community_id": community_id, "person_key": new_id("person")}
    await recorded.find(where, sort=(("person_key", 1),), limit=20)
    await recorded.aggregate([{"$match": {"person_key": new_id("person")}}])
    for plan in recorded.plans:
        with pytest.raises(AssertionError):
            check([plan], strictly=True)
