"""The reporter of an issue is known in the end, whichever came first."""

from collections.abc import Callable
from datetime import datetime

import msgspec
import pytest
from chassis.ids import derived_id
from chassis.testing import FrozenClock
from issues.adapters.memory import MemoryIntakes, MemoryIssues
from issues.application.handling.note_issue_reporter import NoteIssueReporter
from issues.application.note_join import NoteJoin
from issues.application.report_issue import ReportIssue
from issues.domain.handling.join import note_reporter
from issues.domain.intake import Intake
from issues.domain.issue import Issue
from issues.domain.reporter import Reporter

from ...handling_stages import CLERK, REPORTER, types_of

MakeIntake = Callable[..., Intake]
MakeIssue = Callable[..., Issue]


def a_reporter(at: datetime, *, sequence: int = 5, account_id: str = REPORTER) -> Reporter:
    return Reporter(account_id=account_id, person_key=None, joined_at=at, sequence=sequence)


class Worker:
    """The worker over stores in memory."""

    def __init__(self, clock: FrozenClock) -> None:
        self.intakes, self.issues = MemoryIntakes(), MemoryIssues()
        self._join = NoteJoin(self.intakes)
        self._note = NoteIssueReporter(self.issues, clock)
        self._report = ReportIssue(self.intakes, self.issues, self._note)

    async def joined(self, intake: Intake, reporter: Reporter) -> None:
        await self._join(intake.community_id, intake.id, reporter)
        issue_id = derived_id("issue", intake.id)
        await self._note(intake.community_id, issue_id, reporter)

    async def accepted(self, intake: Intake) -> None:
        await self._report(intake.community_id, intake.id)


@pytest.fixture
def worker(clock: FrozenClock) -> Worker:
    return Worker(clock)


async def an_accepted(worker: Worker, an_intake: MakeIntake, nine: datetime) -> Intake:
    accepted, _ = an_intake(comment_id="comment_01jd8f6v5tev4b8f4z9x7m2k04").accept(
        issue_id=derived_id("issue", an_intake(comment_id="comment_01jd8f6v5tev4b8f4z9x7m2k04").id),
        category="gas",
        hazard=True,
        public_text=None,
        by=CLERK,
        at=nine,
    )
    return await worker.intakes.add(accepted)


async def test_both_orders_end_equal_and_tell_the_same(
    an_intake: MakeIntake, nine: datetime, clock: FrozenClock
) -> None:
    person_key = "person_01jd8f6v5tev4b8f4z9x7m2k05"

    def same(**given: str) -> Intake:
        return an_intake(person_key=person_key, channel_id="c", article_id="a", **given)

    before, after = Worker(clock), Worker(clock)
    intake = await an_accepted(before, same, nine)
    await before.joined(intake, a_reporter(nine))
    await before.accepted(intake)
    intake = await an_accepted(after, same, nine)
    await after.accepted(intake)
    await after.joined(intake, a_reporter(nine))

    assert before.issues.all == after.issues.all
    assert before.issues.events == after.issues.events
    assert types_of(before.issues.events) == [
        "issue.reported",
        "hazard.found",
        "issue.updated",
    ]
    (issue,) = before.issues.all
    assert issue.reporter == a_reporter(nine)


async def test_what_is_heard_twice_changes_nothing(
    worker: Worker, an_intake: MakeIntake, nine: datetime
) -> None:
    intake = await an_accepted(worker, an_intake, nine)
    for _ in range(2):
        await worker.accepted(intake)
        await worker.joined(intake, a_reporter(nine))
    assert worker.issues.writes == 2
    assert len(worker.issues.events) == 3


async def test_a_join_without_an_issue_waits_on_the_intake(
    worker: Worker, an_intake: MakeIntake, nine: datetime
) -> None:
    intake = await worker.intakes.add(an_intake())
    await worker.joined(intake, a_reporter(nine))
    assert worker.issues.all == []


def test_a_later_word_replaces_the_reporter_and_an_earlier_one_does_not(
    an_issue: MakeIssue, nine: datetime
) -> None:
    issue, _ = note_reporter(an_issue(), a_reporter(nine, sequence=5), nine)
    assert note_reporter(issue, a_reporter(nine, sequence=4, account_id="other"), nine) == (
        issue,
        (),
    )
    replaced, events = note_reporter(issue, a_reporter(nine, sequence=6, account_id="other"), nine)
    assert replaced.reporter is not None
    assert replaced.reporter.account_id == "other"
    assert "other" not in str(msgspec.to_builtins(events[0]))
