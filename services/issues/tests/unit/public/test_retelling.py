"""Facts that are told again, at whatever moment of an issue's life, are entries that are there."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from issues.domain.events import Event
from issues.domain.handling.assign import assign
from issues.domain.handling.confirm import confirm
from issues.domain.handling.coordinate import (
    PromiseDraft,
    RoundDraft,
    record_round,
    settle_promise,
)
from issues.domain.handling.escalate import escalate
from issues.domain.handling.facts import facts_of_issue
from issues.domain.handling.join import note_reporter
from issues.domain.handling.party import PartyKind
from issues.domain.handling.reopen import reopen_by_staff
from issues.domain.handling.resolve import resolve
from issues.domain.handling.rounds import PromiseOutcome
from issues.domain.handling.start import start
from issues.domain.handling.triage import TriageDraft, triage
from issues.domain.handling.wait import resume, wait_for_party
from issues.domain.issue import Issue, Level
from issues.domain.reporter import Reporter

from ...handling_stages import CLERK, HOUR, PHOTO, REPORTER, STEWARD
from .test_history import TELLINGS

Step = Callable[[Issue, Any], tuple[Issue, Sequence[Event]]]
KINDS = {kind.type: kind for kind in TELLINGS}


def _joined(issue: Issue, at: Any) -> tuple[Issue, Sequence[Event]]:
    reporter = Reporter(account_id=REPORTER, person_key=None, joined_at=at, sequence=2)
    return note_reporter(issue, reporter, at)


def _held(issue: Issue, at: Any) -> tuple[Issue, Sequence[Event]]:
    draft = RoundDraft(
        party="市自来水公司",
        party_kind=PartyKind.WATER,
        at=at,
        said="下周来修",
        promise=PromiseDraft(text="修好", due_on=(at + timedelta(days=7)).date()),
    )
    return record_round(issue, draft, by=STEWARD, at=at)


def _settled(issue: Issue, at: Any) -> tuple[Issue, Sequence[Event]]:
    return settle_promise(issue, 1, outcome=PromiseOutcome.KEPT, settled=at, by=STEWARD, at=at)


STEPS: dict[str, Step] = {
    "acknowledged": lambda issue, at: issue.acknowledge(by=CLERK, at=at),
    "triaged": lambda issue, at: triage(
        issue,
        TriageDraft(category="water", level=Level.COMMUNITY, public_text="漏水"),
        by=CLERK,
        at=at,
    ),
    "assigned": lambda issue, at: assign(issue, assignee_ids=[STEWARD], by=CLERK, at=at),
    "started": lambda issue, at: start(issue, by=STEWARD, at=at),
    "round": _held,
    "waiting": lambda issue, at: wait_for_party(
        issue, party_kind=PartyKind.WATER, reason="等阀门", until=at + 9 * HOUR, by=STEWARD, at=at
    ),
    "resumed": lambda issue, at: resume(issue, by=STEWARD, at=at),
    "joined": _joined,
    "settled": _settled,
    "escalated": lambda issue, at: escalate(
        issue, level=Level.DISTRICT, reason="社区无权处理", by=CLERK, at=at
    ),
    "resolved": lambda issue, at: resolve(
        issue, note="已修好", photo_ids=[PHOTO], by=STEWARD, at=at
    ),
    "confirmed": lambda issue, at: confirm(issue, rating=5, comment=None, by=REPORTER, at=at),
    "reopened": lambda issue, at: reopen_by_staff(issue, reason="又漏了", by=CLERK, at=at),
}


@pytest.mark.parametrize("last", STEPS)
def test_facts_told_again_are_entries_that_are_there(
    an_issue: Callable[..., Issue], last: str
) -> None:
    issue = an_issue()
    at, told = issue.updated_at, _entries(facts_of_issue(issue))
    for name, step in STEPS.items():
        at += HOUR
        issue, events = step(issue, at)
        told |= _entries(events)
        if name == last:
            break
    assert _entries(facts_of_issue(issue)) <= told


def _entries(events: Sequence[Event]) -> set[tuple[str, ...]]:
    """What the timeline makes of events, once they have been on their way."""
    made = set()
    for event in events:
        if kind := KINDS.get(event.type):
            data = msgspec.json.decode(msgspec.json.encode(event), type=kind)
            made.add(TELLINGS[kind](data).identity)
    return made
