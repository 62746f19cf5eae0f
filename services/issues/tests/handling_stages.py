"""Issues at every stage of the handling, an hour apart from each other."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar, Protocol

import msgspec
from issues.domain.handling.assign import assign
from issues.domain.handling.close import mark_duplicate, reject
from issues.domain.handling.confirm import confirm
from issues.domain.handling.coordinate import PromiseDraft, RoundDraft, record_round
from issues.domain.handling.join import note_reporter
from issues.domain.handling.party import PartyKind
from issues.domain.handling.reopen import reopen_by_staff
from issues.domain.handling.resolve import resolve
from issues.domain.handling.start import start
from issues.domain.handling.triage import TriageDraft, triage
from issues.domain.handling.wait import wait_for_party
from issues.domain.issue import Issue, IssueState, Level
from issues.domain.reporter import Reporter

CLERK = "account_01jd8f6v5tev4b8f4z9x7m2k08"
STEWARD = "account_01jd8f6v5tev4b8f4z9x7m2k11"
REPORTER = "account_01jd8f6v5tev4b8f4z9x7m2k09"
NEIGHBOUR = "account_01jd8f6v5tev4b8f4z9x7m2k12"
PHOTO = "photo_01jd8f6v5tev4b8f4z9x7m2kp1"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

Make = Callable[[Issue], Issue]


def joined(issue: Issue) -> Issue:
    """Its reporter is known."""
    reporter = Reporter(
        account_id=REPORTER, person_key=None, joined_at=issue.reported_at, sequence=2
    )
    return note_reporter(issue, reporter, issue.reported_at)[0]


def acknowledged(issue: Issue) -> Issue:
    return issue.acknowledge(by=CLERK, at=issue.reported_at)[0]


def triaged(issue: Issue) -> Issue:
    before = acknowledged(issue)
    draft = TriageDraft(category=issue.category, level=Level.COMMUNITY)
    return triage(before, draft, by=CLERK, at=before.updated_at)[0]


def assigned(issue: Issue) -> Issue:
    before = triaged(issue)
    return assign(before, assignee_ids=[STEWARD], by=CLERK, at=before.updated_at)[0]


def in_progress(issue: Issue) -> Issue:
    before = assigned(issue)
    return start(before, by=STEWARD, at=before.updated_at + HOUR)[0]


def waiting(issue: Issue, *, days: int = 1) -> Issue:
    before = in_progress(issue)
    at = before.updated_at + HOUR
    return wait_for_party(
        before,
        party_kind=PartyKind.WATER,
        reason="等换阀门",
        until=at + days * DAY,
        by=STEWARD,
        at=at,
    )[0]


def resolved(issue: Issue) -> Issue:
    before = in_progress(issue)
    return resolve(
        before, note="灯已换好", photo_ids=[PHOTO], by=STEWARD, at=before.updated_at + HOUR
    )[0]


def confirmed(issue: Issue) -> Issue:
    before = resolved(joined(issue))
    return confirm(before, rating=5, comment=None, by=REPORTER, at=before.updated_at + HOUR)[0]


def reopened(issue: Issue) -> Issue:
    before = resolved(issue)
    return reopen_by_staff(before, reason="又坏了", by=CLERK, at=before.updated_at + HOUR)[0]


def rejected(issue: Issue) -> Issue:
    return reject(issue, reason="不属于社区管理范围", by=CLERK, at=issue.reported_at + HOUR)[0]


def duplicate(issue: Issue) -> Issue:
    return mark_duplicate(
        issue, an_earlier(acknowledged(issue)), by=CLERK, at=issue.reported_at + HOUR
    )[0]


def an_earlier(issue: Issue) -> Issue:
    """An issue like this one, reported an hour before it."""
    return msgspec.structs.replace(
        issue, id="issue_01jd8f6v5tev4b8f4z9x7m2k99", reported_at=issue.reported_at - HOUR
    )


STAGES: dict[IssueState, Make] = {
    IssueState.NEW: lambda issue: issue,
    IssueState.ACKNOWLEDGED: acknowledged,
    IssueState.TRIAGED: triaged,
    IssueState.ASSIGNED: assigned,
    IssueState.IN_PROGRESS: in_progress,
    IssueState.WAITING_EXTERNAL: waiting,
    IssueState.RESOLVED: resolved,
    IssueState.CONFIRMED: confirmed,
    IssueState.REJECTED: rejected,
    IssueState.DUPLICATE: duplicate,
    IssueState.REOPENED: reopened,
}


def a_round(
    at: datetime,
    *,
    due_on: date | None = None,
    party: str = "市自来水公司",
    said: str = "泵房故障，明天派人来",
) -> RoundDraft:
    """A talk with the water company, which promises something where a day is given."""
    return RoundDraft(
        party=party,
        party_kind=PartyKind.WATER,
        at=at,
        said=said,
        promise=PromiseDraft(text="明天修好", due_on=due_on) if due_on else None,
    )


def with_round(issue: Issue, *, due_on: date | None = None) -> Issue:
    """It has one round more, an hour later."""
    at = issue.updated_at + HOUR
    return record_round(issue, a_round(at, due_on=due_on), by=STEWARD, at=at)[0]


class Told(Protocol):
    """An event of any kind."""

    type: ClassVar[str]


def types_of(events: Sequence[Told]) -> list[str]:
    """What kinds of events these are, in order."""
    return [event.type.removesuffix(".v1") for event in events]
