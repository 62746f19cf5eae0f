"""What the handling asks of its stores, in memory and over MongoDB."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec
import pytest
from chassis.mongo import Store
from chassis.testing import FrozenClock
from issues.adapters.handling.known_accounts import StoredKnownAccounts
from issues.adapters.handling.memory import MemoryHandlingTallies, MemoryKnownAccounts
from issues.adapters.handling.mongo_handling_tallies import MongoHandlingTallies
from issues.adapters.memory import MemoryFailures, MemoryIssues
from issues.adapters.mongo_issues import MongoIssues
from issues.application.handling.handling_figures import ReadHandlingFigures
from issues.application.handling.ports import HandlingTallies, PromiseTally
from issues.application.handling.sweep_clocks import SweepClocks
from issues.application.ports import Issues, Period
from issues.domain.handling.close import reject
from issues.domain.handling.confirm import confirm, confirm_on_behalf
from issues.domain.handling.coordinate import settle_promise
from issues.domain.handling.decisions import ConfirmedHow, Via
from issues.domain.handling.errors import IssueAlreadyConfirmed
from issues.domain.handling.escalate import escalate
from issues.domain.handling.resolve import resolve
from issues.domain.handling.rounds import PromiseOutcome
from issues.domain.handling.watch import watched
from issues.domain.issue import SILENCE, Issue, IssueState, Level
from issues.domain.permissions import Actor

from ...handling_stages import (
    CLERK,
    DAY,
    HOUR,
    NEIGHBOUR,
    REPORTER,
    STAGES,
    STEWARD,
    assigned,
    confirmed,
    in_progress,
    joined,
    resolved,
    with_round,
)
from ..conftest import OpenStore

MakeIssue = Callable[..., Issue]
TOPIC = "linli.issues.events"


@dataclass(frozen=True)
class Handled:
    """Issues, empty, and their tallies."""

    issues: Issues
    tallies: HandlingTallies


@pytest.fixture(params=["memory", "motor", "pymongo"])
async def handled(request: pytest.FixtureRequest, clock: FrozenClock, opened: OpenStore) -> Handled:
    if request.param == "memory":
        issues = MemoryIssues()
        return Handled(issues, MemoryHandlingTallies(issues))
    kept = MongoIssues(await opened(request.param), topic=TOPIC, now=clock)
    return Handled(kept, MongoHandlingTallies(kept))


@pytest.mark.parametrize("state", IssueState)
async def test_an_issue_of_every_state_is_read_as_it_was_written(
    handled: Handled, an_issue: MakeIssue, state: IssueState
) -> None:
    issue = STAGES[state](joined(an_issue(hazard=True)))
    stored = await handled.issues.add(issue)
    assert await handled.issues.get(issue.community_id, issue.id) == stored


async def test_rounds_and_promises_are_read_as_they_were_written(
    handled: Handled, an_issue: MakeIssue
) -> None:
    issue = with_round(with_round(in_progress(an_issue()), due_on=date(2026, 11, 30)))
    at = issue.updated_at
    issue, _ = settle_promise(issue, 1, outcome=PromiseOutcome.KEPT, settled=at, by=STEWARD, at=at)
    stored = await handled.issues.add(issue)
    assert await handled.issues.get(issue.community_id, issue.id) == stored


async def test_what_somebody_is_to_work_on_is_listed_for_them_alone(
    handled: Handled, an_issue: MakeIssue, community_id: str, nine: datetime
) -> None:
    mine = [
        await handled.issues.add(assigned(an_issue(received_at=nine + number * HOUR)))
        for number in range(3)
    ]
    await handled.issues.add(an_issue())
    await handled.issues.add(assigned(an_issue(community_id="community_other")))
    page = await handled.issues.assigned_to(community_id, STEWARD, first=2, after=None)
    assert [issue.id for issue in page.items] == [mine[2].id, mine[1].id]
    rest = await handled.issues.assigned_to(community_id, STEWARD, first=2, after=page.cursors[-1])
    assert [issue.id for issue in rest.items] == [mine[0].id]
    assert not rest.has_next_page
    none = await handled.issues.assigned_to(community_id, NEIGHBOUR, first=2, after=None)
    assert list(none.items) == []


async def test_time_changes_what_is_due_and_nothing_else(
    handled: Handled, an_issue: MakeIssue, clock: FrozenClock
) -> None:
    due = await handled.issues.add(an_issue(category="water"))
    silent = await handled.issues.add(resolved(an_issue()))
    quiet = await handled.issues.add(confirmed(an_issue()))
    later = await handled.issues.add(an_issue(category="wish"))
    clock.at = silent.updated_at + SILENCE
    sweep = SweepClocks(handled.issues, MemoryFailures(), clock)
    assert await sweep() == 2
    assert await sweep() == 0
    for untouched in (quiet, later):
        assert await handled.issues.get(untouched.community_id, untouched.id) == untouched
    told = await handled.issues.get(due.community_id, due.id)
    assert told.handling.breach_noticed_at == clock.at
    settled = await handled.issues.get(silent.community_id, silent.id)
    assert settled.confirmation is not None
    assert settled.confirmation.how == ConfirmedHow.SILENCE


async def test_of_two_confirmations_at_once_one_counts(
    mongo: Store, an_issue: MakeIssue, clock: FrozenClock, community_id: str
) -> None:
    issues = MongoIssues(mongo, topic=TOPIC, now=clock)
    issue = await issues.add(resolved(joined(an_issue())))
    at = issue.updated_at + HOUR
    outcomes = await asyncio.gather(
        *(
            issues.change(
                community_id,
                issue.id,
                lambda one, rating=rating: confirm(  # type: ignore[misc]
                    one, rating=rating, comment=None, by=REPORTER, at=at
                ),
            )
            for rating in (1, 2, 3, 4, 5)
        ),
        return_exceptions=True,
    )
    refused = [one for one in outcomes if isinstance(one, IssueAlreadyConfirmed)]
    assert len(refused) == 4
    document = await issues.collection.find_one({"_id": issue.id})
    assert document is not None
    (event,) = document["outbox"]
    assert event["data"]["rating"] == document["confirmation"]["rating"]


async def test_known_accounts_are_what_was_told_last(opened: OpenStore, community_id: str) -> None:
    for accounts in (MemoryKnownAccounts(), StoredKnownAccounts(await opened("motor"))):
        assert await accounts.roles_of(community_id, ["a", "b"]) == [frozenset(), frozenset()]
        await accounts.learn(community_id, "a", ["clerk", "steward"], sequence=2)
        await accounts.learn(community_id, "a", ["resident"], sequence=1)
        await accounts.learn("community_other", "b", ["clerk"], sequence=1)
        assert await accounts.roles_of(community_id, ["b", "a"]) == [
            frozenset(),
            frozenset({"clerk", "steward"}),
        ]
        await accounts.learn(community_id, "a", [], sequence=3)
        assert await accounts.roles_of(community_id, ["a"]) == [frozenset()]


def done_elsewhere(issue: Issue) -> Issue:
    """Resolved by the district."""
    issue = in_progress(issue)
    at = issue.updated_at
    escalated, _ = escalate(issue, level=Level.DISTRICT, reason="管网归区里管", by=CLERK, at=at)
    return resolve(escalated, note="已换", photo_ids=["p"], by=STEWARD, at=at)[0]


def done_late(issue: Issue) -> Issue:
    """Resolved after its time had run out."""
    issue = in_progress(issue)
    at = issue.handling.due_at + HOUR
    return resolve(issue, note="已换", photo_ids=["p"], by=STEWARD, at=at)[0]


def rated(issue: Issue, rating: int) -> Issue:
    """Resolved, and rated by its reporter."""
    issue = resolved(joined(issue))
    return confirm(issue, rating=rating, comment=None, by=REPORTER, at=issue.updated_at)[0]


def rated_by_phone(issue: Issue, rating: int) -> Issue:
    """Resolved, and rated through the staff."""
    issue = resolved(issue)
    return confirm_on_behalf(issue, rating=rating, via=Via.PHONE, by=CLERK, at=issue.updated_at)[0]


def settled_by_silence(issue: Issue) -> Issue:
    """Resolved, and nobody objected."""
    issue = resolved(issue)
    return watched(issue, issue.updated_at + SILENCE)[0]


FATES: list[Callable[[Issue], Issue]] = [
    lambda issue: rated(issue, 5),
    lambda issue: rated(issue, 5),
    lambda issue: rated(issue, 4),
    lambda issue: rated_by_phone(issue, 1),
    settled_by_silence,
    done_elsewhere,
    done_late,
    STAGES[IssueState.NEW],
    STAGES[IssueState.REJECTED],
    STAGES[IssueState.DUPLICATE],
    STAGES[IssueState.REOPENED],
    STAGES[IssueState.WAITING_EXTERNAL],
]
"""Twelve issues with a day each; the last rests for another day."""


async def seeded(handled: Handled, an_issue: MakeIssue, nine: datetime) -> Period:
    """An issue of every fate, reported a minute apart, and three that are outside of the period."""
    minute = timedelta(minutes=1)
    for number, fate in enumerate(FATES):
        await handled.issues.add(
            fate(an_issue(received_at=nine + number * minute, category="water"))
        )
    period = Period(nine, nine + len(FATES) * minute)
    await handled.issues.add(resolved(an_issue(received_at=nine - minute)))
    await handled.issues.add(resolved(an_issue(received_at=period.end)))
    await handled.issues.add(resolved(an_issue(community_id="community_other")))
    return period


async def test_figures_say_what_they_count_and_what_they_leave_out(
    handled: Handled, an_issue: MakeIssue, clerk: Actor, nine: datetime
) -> None:
    period = await seeded(handled, an_issue, nine)
    later = nine + timedelta(hours=25)
    figures = await ReadHandlingFigures(handled.tallies, lambda: later).handling(clerk, period)
    assert figures.handled == 7
    # judged: seven that are done, and the new one whose day is over; the reopened one rested
    # for an hour, the waiting one rests
    assert (figures.in_time.numerator, figures.in_time.denominator) == (6, 8)
    assert figures.in_time.excluded == {"time_left": 2, "rejected": 1, "duplicate": 1}
    assert (figures.in_community.numerator, figures.in_community.denominator) == (6, 7)
    assert figures.in_community.excluded == {"open": 3, "rejected": 1, "duplicate": 1}
    assert figures.confirmed == {
        ConfirmedHow.REPORTER: 3,
        ConfirmedHow.ON_BEHALF: 1,
        ConfirmedHow.SILENCE: 1,
    }
    satisfaction = figures.satisfaction
    assert satisfaction.by_rating == {1: 0, 2: 0, 3: 0, 4: 1, 5: 2}
    assert (satisfaction.mean_hundredths, satisfaction.denominator) == (467, 3)
    assert satisfaction.excluded == {
        "on_behalf": 1,
        "by_silence": 1,
        "awaits_confirmation": 2,
        "open": 3,
        "rejected": 1,
        "duplicate": 1,
    }
    counted = sum(satisfaction.excluded.values()) + satisfaction.denominator
    assert counted == len(FATES)


async def test_every_rate_opens_as_many_rows_as_it_counts(
    handled: Handled, an_issue: MakeIssue, clerk: Actor, nine: datetime
) -> None:
    period = await seeded(handled, an_issue, nine)
    later = nine + timedelta(hours=25)
    read = ReadHandlingFigures(handled.tallies, lambda: later)
    figures = await read.handling(clerk, period)
    for rows, expected in (
        (read.in_time_rows, figures.in_time.denominator),
        (read.in_community_rows, figures.in_community.denominator),
        (read.rated_rows, figures.satisfaction.denominator),
    ):
        page = await rows(clerk, figures, first=3, after=None)
        found = list(page.items)
        while page.has_next_page:
            page = await rows(clerk, figures, first=3, after=page.cursors[-1])
            found += page.items
        assert len(found) == expected
        assert found == sorted(found, key=lambda issue: issue.reported_at)


async def test_promises_are_counted_by_their_day_and_outcome(
    handled: Handled, an_issue: MakeIssue, clerk: Actor, nine: datetime
) -> None:
    today = date(2026, 11, 25)
    issue = in_progress(an_issue())
    for due_on in (today - DAY, today - DAY, today - DAY, today, today + DAY, today + 9 * DAY):
        issue = with_round(issue, due_on=due_on)
    settled = issue.updated_at
    for number, outcome in ((1, PromiseOutcome.KEPT), (2, PromiseOutcome.BROKEN)):
        issue, _ = settle_promise(
            issue, number, outcome=outcome, settled=settled, by=STEWARD, at=settled
        )
    await handled.issues.add(with_round(issue))
    await handled.issues.add(
        with_round(in_progress(an_issue(community_id="community_other")), due_on=today)
    )
    now = nine + 2 * DAY
    read = ReadHandlingFigures(handled.tallies, lambda: now)
    tally = await read.promises(clerk, Period(nine - 30 * DAY, nine + 4 * DAY))
    assert tally == PromiseTally(kept=1, late=0, broken=1, open=1, due=1, overdue=1)
    none = await read.promises(clerk, Period(nine - 30 * DAY, nine - 29 * DAY))
    assert none == PromiseTally()


async def test_promises_that_nobody_waits_for_any_more_are_not_counted(
    handled: Handled, an_issue: MakeIssue, clerk: Actor, nine: datetime
) -> None:
    due_on = date(2026, 11, 24)
    promised = with_round(in_progress(an_issue()), due_on=due_on)
    at = promised.updated_at
    rejected, _ = reject(promised, reason="不属于社区管理范围", by=CLERK, at=at)
    done, _ = resolve(
        with_round(in_progress(an_issue()), due_on=due_on),
        note="已换",
        photo_ids=["p"],
        by=STEWARD,
        at=at,
    )
    open_to_the_end, _ = watched(done, at + SILENCE)
    kept, _ = settle_promise(
        msgspec.structs.replace(done, id="issue_kept"),
        1,
        outcome=PromiseOutcome.KEPT,
        settled=at,
        by=STEWARD,
        at=at,
    )
    settled, _ = watched(kept, at + SILENCE)
    awaited = msgspec.structs.replace(done, id="issue_awaited")
    for issue in (rejected, open_to_the_end, settled, awaited):
        await handled.issues.add(issue)
    read = ReadHandlingFigures(handled.tallies, lambda: nine + 9 * DAY)
    tally = await read.promises(clerk, Period(nine - DAY, nine + 9 * DAY))
    assert tally == PromiseTally(kept=1, overdue=1)


async def test_figures_of_nothing_are_nothing(
    handled: Handled, clerk: Actor, nine: datetime
) -> None:
    read = ReadHandlingFigures(handled.tallies, lambda: nine)
    figures = await read.handling(clerk, Period(nine, nine + DAY))
    assert (figures.handled, figures.in_time.denominator) == (0, 0)
    assert figures.satisfaction.mean_hundredths is None
