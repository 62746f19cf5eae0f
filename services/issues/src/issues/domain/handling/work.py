"""What may be done in which state, and who has a part in the work."""

import msgspec

from issues.domain.errors import IssueNotAcknowledged
from issues.domain.handling.errors import (
    IssueClosed,
    IssueNotAssigned,
    IssueNotInProgress,
    IssueNotTriaged,
)
from issues.domain.issue import Issue, IssueState


def require_assignable(issue: Issue) -> None:
    """Raises: IssueNotAcknowledged; IssueNotTriaged; IssueClosed."""
    require_open(issue)
    if issue.state == IssueState.NEW:
        raise IssueNotAcknowledged
    if issue.state == IssueState.ACKNOWLEDGED:
        raise IssueNotTriaged


def require_assigned(issue: Issue) -> None:
    """Raises: IssueClosed; IssueNotAssigned."""
    require_open(issue)
    if issue.assignment is None:
        raise IssueNotAssigned


def require_in_progress(issue: Issue) -> None:
    """Raises: IssueClosed; IssueNotAssigned; IssueNotInProgress."""
    require_assigned(issue)
    if issue.state != IssueState.IN_PROGRESS:
        raise IssueNotInProgress


def require_open(issue: Issue) -> None:
    """Raises: IssueClosed."""
    if not issue.is_open:
        raise IssueClosed


def handled_by(issue: Issue, *account_ids: str) -> Issue:
    """Note that these people work on it or were to; who did so once is never forgotten."""
    new = tuple(each for each in account_ids if each not in issue.handlers)
    return msgspec.structs.replace(issue, handlers=issue.handlers + new) if new else issue


def is_assigned_to(issue: Issue, account_id: str) -> bool:
    """Whether this account is to work on it."""
    return issue.assignment is not None and account_id in issue.assignment.assignee_ids
