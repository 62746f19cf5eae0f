"""What every store of intakes, issues and rules does, in memory and in MongoDB."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

import pytest
from chassis.ids import new_id
from issues.application.issue_figures import ReadIssueFigures
from issues.application.ports import Cursor, HazardRuleSets, Intakes, Issues, Page, Period
from issues.domain.decisions import DismissalReason
from issues.domain.default_hazard_rules import DEFAULT_HAZARD_RULES
from issues.domain.errors import IntakeNotFound, IssueNotFound
from issues.domain.hazard_rule_set import default_rule_set
from issues.domain.intake import Intake, IntakeState
from issues.domain.issue import Issue, IssueState
from issues.domain.permissions import Actor

MakeIntake = Callable[..., Intake]
MakeIssue = Callable[..., Issue]
CLERK = "account_01jd8f6v5tev4b8f4z9x7m2k08"


class Stores(Protocol):
    intakes: Intakes
    issues: Issues
    rule_sets: HazardRuleSets


async def walk(
    list_page: Callable[[Cursor | None], Awaitable[Page[Intake]]],
) -> list[list[str]]:
    """The ids of every page until the last."""
    pages, after = [], None
    while True:
        page = await list_page(after)
        pages.append([intake.id for intake in page.items])
        if not page.has_next_page:
            return pages
        after = page.cursors[-1]


async def test_what_is_stored_is_read_back_whole(
    stores: Stores, an_intake: MakeIntake, an_issue: MakeIssue, nine: datetime
) -> None:
    intake, events = an_intake(redacted_text="配电箱漏电").apply_hazard_rules(
        DEFAULT_HAZARD_RULES, issue_id=new_id("issue"), at=nine
    )
    added = await stores.intakes.add(intake, events)
    assert await stores.intakes.get(intake.community_id, intake.id) == added
    issue = await stores.issues.add(an_issue(hazard=True))
    assert await stores.issues.get_many(issue.community_id, [new_id("issue"), issue.id]) == [
        None,
        issue,
    ]
    rules = default_rule_set(new_id("ruleset"), intake.community_id)
    stored = await stores.rule_sets.add(rules)
    assert (await stores.rule_sets.get(rules.community_id, rules.id)).rules == stored.rules


async def test_another_communitys_objects_are_not_found(
    stores: Stores, an_intake: MakeIntake, an_issue: MakeIssue
) -> None:
    intake = await stores.intakes.add(an_intake())
    issue = await stores.issues.add(an_issue())
    with pytest.raises(IntakeNotFound):
        await stores.intakes.get("community_other", intake.id)
    with pytest.raises(IssueNotFound):
        await stores.issues.get("community_other", issue.id)
    assert await stores.issues.get_many("community_other", [issue.id]) == [None]


async def test_the_inbox_lists_the_latest_received_first_page_by_page(
    stores: Stores, an_intake: MakeIntake, community_id: str, nine: datetime
) -> None:
    # three share a moment: their order is by id, and none is lost between pages
    moments = [0, 1, 1, 1, 2, 3, 4]
    for minute in moments:
        await stores.intakes.add(an_intake(received_at=nine + timedelta(minutes=minute)))
    await stores.intakes.add(an_intake(community_id="community_other"))

    async def page(after: Cursor | None) -> Page[Intake]:
        return await stores.intakes.inbox(community_id, None, first=3, after=after)

    pages = await walk(page)
    listed = [intake_id for ids in pages for intake_id in ids]
    assert [len(ids) for ids in pages] == [3, 3, 1]
    assert len(set(listed)) == len(moments)
    whole = await stores.intakes.inbox(community_id, None, first=100, after=None)
    assert [intake.id for intake in whole.items] == listed
    received = [intake.received_at for intake in whole.items]
    assert received == sorted(received, reverse=True)


async def test_the_inbox_is_narrowed_to_a_state(
    stores: Stores, an_intake: MakeIntake, community_id: str, nine: datetime
) -> None:
    await stores.intakes.add(an_intake())
    replied = await stores.intakes.add(an_intake().note_reply(at=nine, by=CLERK)[0])
    page = await stores.intakes.inbox(community_id, IntakeState.REPLIED, first=10, after=None)
    assert list(page.items) == [replied]
    assert not page.has_next_page


async def test_issues_are_listed_by_report_and_counted_while_open(
    stores: Stores, an_issue: MakeIssue, community_id: str, nine: datetime
) -> None:
    first = await stores.issues.add(an_issue())
    second = await stores.issues.add(an_issue(received_at=nine + timedelta(minutes=1)))
    await stores.issues.add(an_issue(community_id="community_other"))
    acknowledged = await stores.issues.change(
        community_id, first.id, lambda issue: issue.acknowledge(by=CLERK, at=nine)
    )
    page = await stores.issues.latest(community_id, None, first=1, after=None)
    assert [issue.id for issue in page.items] == [second.id]
    assert page.has_next_page
    rest = await stores.issues.latest(community_id, None, first=1, after=page.cursors[-1])
    assert list(rest.items) == [acknowledged]
    new = await stores.issues.latest(community_id, IssueState.NEW, first=9, after=None)
    assert [issue.id for issue in new.items] == [second.id]
    assert await stores.issues.open_issues(community_id) == 2


async def seeded(
    stores: Stores, make: MakeIntake, nine: datetime
) -> tuple[Period, datetime, list[Intake]]:
    """Ten comments: replies after 1…5 minutes and 30 hours; the rest each with a fate.

    Returns: the period that holds them, a moment 25 hours on, and the intakes as stored.
    """
    minute = timedelta(minutes=1)
    made = [make(received_at=nine + minute * number) for number in range(10)]
    for number, seconds in enumerate([60, 120, 180, 240, 300, 30 * 3600]):
        at = made[number].received_at + timedelta(seconds=seconds)
        made[number], _ = made[number].note_reply(at=at, by=CLERK)
    made[6], _ = made[6].dismiss(reason=DismissalReason.SPAM, by=CLERK, at=nine)
    made[7], _ = made[7].note_deletion(sequence=2, at=nine)
    stored = [await stores.intakes.add(intake) for intake in made]
    # outside: before, at the end (which is excluded), and in another community
    period = Period(nine, nine + 10 * minute)
    await stores.intakes.add(make(received_at=nine - minute).note_reply(at=nine, by=CLERK)[0])
    await stores.intakes.add(make(received_at=period.end))
    await stores.intakes.add(make(community_id="community_other"))
    return period, nine + timedelta(hours=25), stored


async def test_figures_are_counted_over_the_period(
    stores: Stores, an_intake: MakeIntake, clerk: Actor, nine: datetime
) -> None:
    period, later, _ = await seeded(stores, an_intake, nine)
    figures = ReadIssueFigures(stores.intakes, stores.issues, lambda: later)
    replies = await figures.replies(clerk, period)
    assert (replies.received, replies.answered) == (10, 6)
    rate = replies.within_day
    assert (rate.numerator, rate.denominator) == (5, 8)
    assert rate.excluded == {
        "day_not_over": 0,
        "dismissed_without_reply": 1,
        "deleted_before_reply": 1,
    }
    assert rate.as_of == later
    times = await figures.time_to_first_reply(clerk, replies)
    assert times is not None
    assert (times.median_seconds, times.p90_seconds) == (180, 30 * 3600)
    assert await figures.unanswered(clerk) == 3


async def test_a_comment_is_not_judged_before_its_day_is_over(
    stores: Stores, an_intake: MakeIntake, clerk: Actor, nine: datetime
) -> None:
    period, _, _ = await seeded(stores, an_intake, nine)
    soon = nine + timedelta(minutes=30)
    figures = ReadIssueFigures(stores.intakes, stores.issues, lambda: soon)
    rate = (await figures.replies(clerk, period)).within_day
    # the one answered after 30 hours is judged when its day ends, not before
    assert (rate.numerator, rate.denominator) == (5, 5)
    assert rate.excluded["day_not_over"] == 3


async def test_a_rate_opens_the_rows_that_it_counts(
    stores: Stores, an_intake: MakeIntake, clerk: Actor, nine: datetime
) -> None:
    period, later, stored = await seeded(stores, an_intake, nine)
    figures = ReadIssueFigures(stores.intakes, stores.issues, lambda: later)
    rate = (await figures.replies(clerk, period)).within_day

    async def page(after: Cursor | None) -> Page[Intake]:
        return await figures.replied_within_day_rows(clerk, rate, first=3, after=after)

    pages = await walk(page)
    counted = [stored[number].id for number in (0, 1, 2, 3, 4, 5, 8, 9)]
    assert [intake_id for ids in pages for intake_id in ids] == counted
    assert len(counted) == rate.denominator


async def test_figures_of_nothing_are_nothing(stores: Stores, clerk: Actor, nine: datetime) -> None:
    figures = ReadIssueFigures(stores.intakes, stores.issues, lambda: nine)
    replies = await figures.replies(clerk, Period(nine, nine + timedelta(days=1)))
    assert (replies.received, replies.within_day.denominator) == (0, 0)
    assert await figures.time_to_first_reply(clerk, replies) is None
    assert await figures.unanswered(clerk) == 0
    assert await figures.open_issues(clerk) == 0
