"""What is private leaves no trace in when an issue last changed for everybody."""

from collections.abc import Callable
from datetime import datetime

import msgspec
from issues.domain.handling.coordinate import record_round
from issues.domain.handling.danger import decline_hazard
from issues.domain.handling.join import note_reporter
from issues.domain.handling.party import PartyKind
from issues.domain.handling.wait import resume
from issues.domain.handling.watch import watched
from issues.domain.issue import PRIVATE_CHANGES, Change, Issue, IssueState
from issues.domain.reporter import Reporter
from issues.domain.timeline.entry import EntryKind, Happening, entry_of

from ...handling_stages import HOUR, REPORTER, STEWARD, a_round, in_progress, resolved, waiting

MakeIssue = Callable[..., Issue]


def test_who_reported_it_becoming_known_leaves_no_trace(an_issue: MakeIssue) -> None:
    issue = an_issue()
    at = issue.updated_at + HOUR
    reporter = Reporter(account_id=REPORTER, person_key=None, joined_at=at, sequence=2)
    later, _ = note_reporter(issue, reporter, at)
    assert (later.updated_at, later.publicly_changed_at) == (at, issue.updated_at)


def test_nor_does_what_was_decided_of_a_danger(an_issue: MakeIssue) -> None:
    issue = an_issue(hazard=True)
    at = issue.updated_at + HOUR
    declined, _ = decline_hazard(issue, by=STEWARD, at=at)
    assert (declined.updated_at, declined.publicly_changed_at) == (at, issue.updated_at)


def test_nor_does_a_clock_that_breaks(an_issue: MakeIssue) -> None:
    issue = in_progress(an_issue())
    late, events = watched(issue, issue.handling.due_at)
    assert events
    assert late.updated_at == issue.handling.due_at
    assert late.publicly_changed_at == issue.publicly_changed_at


def test_nor_does_a_talk_with_a_neighbour(an_issue: MakeIssue) -> None:
    issue = in_progress(an_issue())
    at = issue.updated_at + HOUR
    with_firm = a_round(at)
    with_neighbour = msgspec.structs.replace(with_firm, party_kind=PartyKind.NEIGHBOUR)
    changed = [
        record_round(issue, held, by=STEWARD, at=at)[0].publicly_changed_at
        for held in (with_firm, with_neighbour)
    ]
    assert changed == [at, issue.publicly_changed_at]


def test_what_everybody_may_know_moves_it(an_issue: MakeIssue) -> None:
    issue = waiting(an_issue())
    at = issue.updated_at + HOUR
    assert resume(issue, by=STEWARD, at=at)[0].publicly_changed_at == at
    ended, _ = watched(issue, issue.waitings[-1].until)
    assert (ended.state, ended.publicly_changed_at) == (
        IssueState.IN_PROGRESS,
        issue.waitings[-1].until,
    )
    done = resolved(an_issue())
    assert done.watch_at is not None
    settled, _ = watched(done, done.watch_at)
    assert settled.state == IssueState.CONFIRMED
    assert settled.publicly_changed_at == settled.updated_at


def test_what_leaves_no_trace_is_what_the_public_timeline_leaves_out(nine: datetime) -> None:
    private = {
        change
        for change in Change
        if not entry_of(
            Happening(issue_id="issue_1", kind=EntryKind(change.value), at=nine),
            entry_id="entry_1",
            community_id="community_1",
            sequence=1,
        ).public
    }
    assert private == PRIVATE_CHANGES
