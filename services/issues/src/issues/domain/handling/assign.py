"""Who is to work on an issue."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from issues.domain.events import Event
from issues.domain.handling.decisions import Assignment
from issues.domain.handling.errors import AssigneesInvalid
from issues.domain.handling.facts import assignment_of
from issues.domain.handling.work import handled_by, require_assignable
from issues.domain.issue import Issue, IssueState

MAX_ASSIGNEES = 10


def checked_assignees(account_ids: Sequence[str]) -> tuple[str, ...]:
    """Return them if they can be assigned together. Raises: AssigneesInvalid."""
    if not 1 <= len(account_ids) <= MAX_ASSIGNEES or len(set(account_ids)) != len(account_ids):
        raise AssigneesInvalid
    return tuple(account_ids)


def assign(
    issue: Issue, *, assignee_ids: Sequence[str], by: str, at: datetime
) -> tuple[Issue, Sequence[Event]]:
    """Give it to these people, instead of whoever had it; work that goes on goes on.

    Raises: IssueClosed; IssueNotAcknowledged; IssueNotTriaged; AssigneesInvalid.
    Emits: issue.assigned v1.
    """
    require_assignable(issue)
    assignment = Assignment(
        assignee_ids=checked_assignees(assignee_ids), assigned_at=at, assigned_by=by
    )
    not_begun = issue.state in (IssueState.TRIAGED, IssueState.REOPENED)
    assigned = msgspec.structs.replace(
        handled_by(issue, *assignee_ids),
        state=IssueState.ASSIGNED if not_begun else issue.state,
        assignment=assignment,
    ).as_of(at)
    return assigned, assignment_of(assigned)
