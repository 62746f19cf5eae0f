"""Every transition from every state: it goes on, or is refused by name and changes nothing."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import pytest
from issues.domain import errors
from issues.domain.events import Event
from issues.domain.handling import errors as refused
from issues.domain.handling.assign import assign
from issues.domain.handling.close import mark_duplicate, reject
from issues.domain.handling.confirm import confirm, confirm_on_behalf
from issues.domain.handling.coordinate import record_round
from issues.domain.handling.decisions import Via
from issues.domain.handling.escalate import escalate
from issues.domain.handling.facts import facts_of_issue
from issues.domain.handling.party import PartyKind
from issues.domain.handling.reopen import reopen_by_reporter, reopen_by_staff
from issues.domain.handling.resolve import resolve
from issues.domain.handling.start import start
from issues.domain.handling.triage import TriageDraft, triage
from issues.domain.handling.wait import resume, wait_for_party
from issues.domain.issue import Issue, IssueState, Level

from ...handling_stages import (
    CLERK,
    DAY,
    HOUR,
    PHOTO,
    REPORTER,
    STAGES,
    STEWARD,
    a_round,
    acknowledged,
    an_earlier,
    joined,
    types_of,
)

MakeIssue = Callable[..., Issue]
Transition = Callable[[Issue], tuple[Issue, Sequence[Event]]]
S = IssueState


def moment(issue: Issue) -> Any:
    return issue.updated_at + HOUR


TRANSITIONS: dict[str, Transition] = {
    "acknowledge": lambda i: i.acknowledge(by=CLERK, at=moment(i)),
    "triage": lambda i: triage(
        i, TriageDraft(category="water", level=i.level), by=CLERK, at=moment(i)
    ),
    "assign": lambda i: assign(i, assignee_ids=[STEWARD], by=CLERK, at=moment(i)),
    "start": lambda i: start(i, by=STEWARD, at=moment(i)),
    "record_round": lambda i: record_round(i, a_round(moment(i)), by=STEWARD, at=moment(i)),
    "wait": lambda i: wait_for_party(
        i,
        party_kind=PartyKind.GAS,
        reason="等配件",
        until=moment(i) + DAY,
        by=STEWARD,
        at=moment(i),
    ),
    "resume": lambda i: resume(i, by=STEWARD, at=moment(i)),
    "escalate": lambda i: escalate(
        i, level=Level.DISTRICT, reason="社区解决不了", by=CLERK, at=moment(i)
    ),
    "resolve": lambda i: resolve(i, note="修好了", photo_ids=[PHOTO], by=STEWARD, at=moment(i)),
    "confirm": lambda i: confirm(joined(i), rating=4, comment=None, by=REPORTER, at=moment(i)),
    "confirm_on_behalf": lambda i: confirm_on_behalf(
        i, rating=4, via=Via.PHONE, by=CLERK, at=moment(i)
    ),
    "reopen_by_reporter": lambda i: reopen_by_reporter(
        joined(i), reason="又坏了", by=REPORTER, at=moment(i)
    ),
    "reopen_by_staff": lambda i: reopen_by_staff(i, reason="又坏了", by=CLERK, at=moment(i)),
    "reject": lambda i: reject(i, reason="不属于社区管理范围", by=CLERK, at=moment(i)),
    "mark_duplicate": lambda i: mark_duplicate(
        i,
        an_earlier(acknowledged(i) if i.state == S.NEW else i),
        by=CLERK,
        at=moment(i),
    ),
}
CLOSED = (S.RESOLVED, S.CONFIRMED, S.REJECTED, S.DUPLICATE)
ONCE = errors.IssueAlreadyAcknowledged
NOT_YET = refused.IssueNotAssigned

# per transition: the state that it leads to, or how it is refused
OUTCOMES: dict[str, dict[IssueState, IssueState | type[errors.DomainError]]] = {
    "acknowledge": {S.NEW: S.ACKNOWLEDGED, **dict.fromkeys(set(S) - {S.NEW}, ONCE)},
    "triage": {
        S.NEW: errors.IssueNotAcknowledged,
        S.ACKNOWLEDGED: S.TRIAGED,
        S.TRIAGED: S.TRIAGED,
        S.ASSIGNED: S.ASSIGNED,
        S.IN_PROGRESS: S.IN_PROGRESS,
        S.WAITING_EXTERNAL: S.WAITING_EXTERNAL,
        S.REOPENED: S.REOPENED,
        **dict.fromkeys(CLOSED, refused.IssueClosed),
    },
    "assign": {
        S.NEW: errors.IssueNotAcknowledged,
        S.ACKNOWLEDGED: refused.IssueNotTriaged,
        S.TRIAGED: S.ASSIGNED,
        S.ASSIGNED: S.ASSIGNED,
        S.IN_PROGRESS: S.IN_PROGRESS,
        S.WAITING_EXTERNAL: S.WAITING_EXTERNAL,
        S.REOPENED: S.ASSIGNED,
        **dict.fromkeys(CLOSED, refused.IssueClosed),
    },
    "start": {
        **dict.fromkeys((S.NEW, S.ACKNOWLEDGED, S.TRIAGED), NOT_YET),
        S.ASSIGNED: S.IN_PROGRESS,
        S.REOPENED: S.IN_PROGRESS,
        **dict.fromkeys((S.IN_PROGRESS, S.WAITING_EXTERNAL), refused.IssueAlreadyStarted),
        **dict.fromkeys(CLOSED, refused.IssueClosed),
    },
    "record_round": {
        **dict.fromkeys((S.NEW, S.ACKNOWLEDGED, S.TRIAGED), NOT_YET),
        S.ASSIGNED: S.ASSIGNED,
        S.IN_PROGRESS: S.IN_PROGRESS,
        S.WAITING_EXTERNAL: S.WAITING_EXTERNAL,
        S.REOPENED: S.REOPENED,
        **dict.fromkeys(CLOSED, refused.IssueClosed),
    },
    "wait": {
        **dict.fromkeys((S.NEW, S.ACKNOWLEDGED, S.TRIAGED), NOT_YET),
        S.IN_PROGRESS: S.WAITING_EXTERNAL,
        **dict.fromkeys((S.ASSIGNED, S.REOPENED, S.WAITING_EXTERNAL), refused.IssueNotInProgress),
        **dict.fromkeys(CLOSED, refused.IssueClosed),
    },
    "resume": {
        **dict.fromkeys((S.NEW, S.ACKNOWLEDGED, S.TRIAGED), NOT_YET),
        S.WAITING_EXTERNAL: S.IN_PROGRESS,
        **dict.fromkeys((S.ASSIGNED, S.REOPENED, S.IN_PROGRESS), refused.IssueNotWaiting),
        **dict.fromkeys(CLOSED, refused.IssueClosed),
    },
    "escalate": {
        S.NEW: errors.IssueNotAcknowledged,
        **{
            state: state
            for state in (
                S.ACKNOWLEDGED,
                S.TRIAGED,
                S.ASSIGNED,
                S.IN_PROGRESS,
                S.WAITING_EXTERNAL,
                S.REOPENED,
            )
        },
        **dict.fromkeys(CLOSED, refused.IssueClosed),
    },
    "resolve": {
        **dict.fromkeys((S.NEW, S.ACKNOWLEDGED, S.TRIAGED), NOT_YET),
        S.IN_PROGRESS: S.RESOLVED,
        S.WAITING_EXTERNAL: S.RESOLVED,
        **dict.fromkeys((S.ASSIGNED, S.REOPENED), refused.IssueNotInProgress),
        **dict.fromkeys(CLOSED, refused.IssueClosed),
    },
    "confirm": {
        S.RESOLVED: S.CONFIRMED,
        S.CONFIRMED: refused.IssueAlreadyConfirmed,
        **dict.fromkeys(set(S) - {S.RESOLVED, S.CONFIRMED}, refused.IssueNotResolved),
    },
    "confirm_on_behalf": {
        S.RESOLVED: S.CONFIRMED,
        S.CONFIRMED: refused.IssueAlreadyConfirmed,
        **dict.fromkeys(set(S) - {S.RESOLVED, S.CONFIRMED}, refused.IssueNotResolved),
    },
    "reopen_by_reporter": {
        S.RESOLVED: S.REOPENED,
        S.CONFIRMED: S.REOPENED,
        **dict.fromkeys(set(S) - {S.RESOLVED, S.CONFIRMED}, refused.IssueNotClosed),
    },
    "reopen_by_staff": {
        **dict.fromkeys(CLOSED, S.REOPENED),
        **dict.fromkeys(set(S) - set(CLOSED), refused.IssueNotClosed),
    },
    "reject": {
        **dict.fromkeys(set(S) - set(CLOSED), S.REJECTED),
        **dict.fromkeys(CLOSED, refused.IssueClosed),
    },
    "mark_duplicate": {
        **dict.fromkeys(set(S) - set(CLOSED), S.DUPLICATE),
        **dict.fromkeys(CLOSED, refused.IssueClosed),
    },
}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("transition", TRANSITIONS)
def test_a_transition_leads_on_or_is_refused_by_name(
    an_issue: MakeIssue, transition: str, state: IssueState
) -> None:
    issue = STAGES[state](an_issue())
    assert issue.state == state
    expected = OUTCOMES[transition][state]
    if isinstance(expected, IssueState):
        after, events = TRANSITIONS[transition](issue)
        assert after.state == expected
        assert events
        assert after.updated_at == moment(issue)
        return
    before = msgspec.json.encode(issue)
    with pytest.raises(expected):
        TRANSITIONS[transition](issue)
    assert msgspec.json.encode(issue) == before


def test_every_transition_is_tried_from_every_state() -> None:
    assert set(OUTCOMES) == set(TRANSITIONS)
    assert all(set(outcomes) == set(S) for outcomes in OUTCOMES.values())
    assert set(STAGES) == set(S)


@pytest.mark.parametrize("error", errors.DomainError.__subclasses__(), ids=lambda kind: kind.code)
def test_every_refusal_says_so_in_chinese(error: type[errors.DomainError]) -> None:
    assert error.code.isupper()
    assert error.message.endswith("。")


def test_codes_are_used_once() -> None:
    codes = [error.code for error in errors.DomainError.__subclasses__()]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("state", S)
def test_the_facts_of_every_state_can_be_told(an_issue: MakeIssue, state: IssueState) -> None:
    facts = types_of(facts_of_issue(STAGES[state](an_issue())))
    assert facts[0] == "issue.reported"
    assert ("issue.assigned" in facts) == (
        state
        in (S.ASSIGNED, S.IN_PROGRESS, S.WAITING_EXTERNAL, S.RESOLVED, S.CONFIRMED, S.REOPENED)
    )
    assert ("issue.resolved" in facts) == (state in (S.RESOLVED, S.CONFIRMED, S.REOPENED))
    assert ("issue.confirmed" in facts) == (state == S.CONFIRMED)
    assert ("issue.reopened" in facts) == (state == S.REOPENED)
