"""What is short of time or over it now, counted and listed as each issue's clocks say."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from chassis.errors import Forbidden
from chassis.mongo import Store
from chassis.testing_explain import Recorded, assert_indexed
from issues.adapters.handling.memory import MemoryHandlingTallies
from issues.adapters.handling.mongo_handling_tallies import MongoHandlingTallies
from issues.adapters.memory import MemoryIssues
from issues.adapters.mongo_issues import MongoIssues
from issues.application.handling.handling_figures import ReadHandlingFigures
from issues.application.ports import Issues
from issues.domain.clocks import ClockState
from issues.domain.handling.reopen import reopen_by_staff
from issues.domain.issue import Issue, IssueState
from issues.domain.permissions import Actor

from ...handling_stages import CLERK, DAY, HOUR, STAGES, joined, rejected
from ..conftest import OpenStore

MakeIssue = Callable[..., Issue]
MakeActor = Callable[..., Actor]
TOPIC = "linli.issues.events"
LATE = (ClockState.OVERDUE,)
SHORT = (ClockState.AT_RISK,)


@pytest.fixture(params=["memory", "motor", "pymongo"])
async def issues(
    request: pytest.FixtureRequest, opened: OpenStore, nine: datetime
) -> MemoryIssues | MongoIssues:
    if request.param == "memory":
        return MemoryIssues()
    return MongoIssues(await opened(request.param), topic=TOPIC, now=lambda: nine)


def reading(issues: MemoryIssues | MongoIssues, at: datetime) -> ReadHandlingFigures:
    """The figures as of a moment."""
    if isinstance(issues, MemoryIssues):
        return ReadHandlingFigures(MemoryHandlingTallies(issues), lambda: at)
    return ReadHandlingFigures(MongoHandlingTallies(issues), lambda: at)


async def add_some(issues: Issues, an_issue: MakeIssue, nine: datetime) -> list[Issue]:
    """One of every state with and without danger, and one that danger came back to."""
    made = [
        make(joined(an_issue(received_at=nine - number * HOUR, category=category, hazard=hazard)))
        for number, make in enumerate(STAGES.values())
        for category, hazard in (("water", False), ("wish", True))
    ]
    back, _ = reopen_by_staff(
        rejected(an_issue(hazard=True)), reason="点错了", by=CLERK, at=nine + HOUR
    )
    await issues.add(an_issue(community_id="community_other", category="water"))
    return [await issues.add(issue) for issue in (*made, back)]


def standing(issue: Issue, at: datetime) -> set[ClockState]:
    """How its clocks stand that still run."""
    clocks = (issue.handling, issue.hazard.clock)
    return {clock.state(at) for clock in clocks if clock and clock.stopped_at is None}


@pytest.mark.parametrize("hours", [0, 1.9, 2.5, 3.5, 15, 19.5, 20, 25, 30, 60, 24 * 20])
async def test_what_is_late_is_counted_and_listed_first_due_first(
    issues: MemoryIssues | MongoIssues,
    an_issue: MakeIssue,
    clerk: Actor,
    nine: datetime,
    hours: float,
) -> None:
    added = await add_some(issues, an_issue, nine)
    at = nine + timedelta(hours=hours)
    late = {one.id for one in added if ClockState.OVERDUE in standing(one, at)}
    short = {one.id for one in added if ClockState.AT_RISK in standing(one, at)} - late
    figures = reading(issues, at)
    deadlines = await figures.deadlines(clerk)
    assert (deadlines.overdue, deadlines.at_risk) == (len(late), len(short))
    for rows, expected in ((figures.overdue_rows, late), (figures.at_risk_rows, short)):
        page = await rows(clerk, deadlines, first=2, after=None)
        found = list(page.items)
        while page.has_next_page:
            page = await rows(clerk, deadlines, first=2, after=page.cursors[-1])
            found += page.items
        assert {one.id for one in found} == expected
        due = [one.due_at for one in found]
        assert due == sorted(due)  # type: ignore[type-var]


async def test_what_is_closed_is_never_late(
    issues: MemoryIssues | MongoIssues, an_issue: MakeIssue, clerk: Actor, nine: datetime
) -> None:
    for state in (IssueState.RESOLVED, IssueState.CONFIRMED, IssueState.REJECTED):
        await issues.add(STAGES[state](joined(an_issue(hazard=True))))
    deadlines = await reading(issues, nine + 99 * DAY).deadlines(clerk)
    assert (deadlines.overdue, deadlines.at_risk) == (0, 0)


async def test_it_is_for_the_staff(
    issues: MemoryIssues | MongoIssues, actor_as: MakeActor, nine: datetime
) -> None:
    for role in ("resident", "steward", "partner", "merchant", "auditor"):
        with pytest.raises(Forbidden):
            await reading(issues, nine).deadlines(actor_as(role))


async def test_it_is_counted_and_listed_by_index(
    mongo: Store, an_issue: MakeIssue, clerk: Actor, nine: datetime, strictly: bool
) -> None:
    issues = MongoIssues(mongo, topic=TOPIC, now=lambda: nine)
    for number in range(60):
        await issues.add(an_issue(category="water", received_at=nine - number * HOUR))
    recorded = issues.collection = Recorded(issues.collection)
    figures = reading(issues, nine + HOUR)
    deadlines = await figures.deadlines(clerk)
    assert deadlines.overdue
    assert deadlines.at_risk
    for rows in (figures.overdue_rows, figures.at_risk_rows):
        page = await rows(clerk, deadlines, first=2, after=None)
        await rows(clerk, deadlines, first=2, after=page.cursors[-1])
    assert len(recorded.plans) == 6
    assert_indexed(recorded.plans, strictly=strictly)
