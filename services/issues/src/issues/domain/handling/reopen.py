"""It was not settled after all."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from issues.domain.events import Event
from issues.domain.handling.confirm import require_reporter
from issues.domain.handling.decisions import Reopening
from issues.domain.handling.errors import IssueNotClosed, ReopenTooLate
from issues.domain.handling.facts import reopening_of
from issues.domain.handling.texts import checked_text
from issues.domain.issue import Issue, IssueState

REPORTERS_TIME = timedelta(days=7)
"""How long after the confirmation the reporter may take it back."""


def reopen_by_reporter(
    issue: Issue, *, reason: str, by: str, at: datetime
) -> tuple[Issue, Sequence[Event]]:
    """Send it back to work, as its reporter: before it is confirmed or within seven days after.

    Raises: IssueNotFound to who may not see it; NotTheReporter; IssueNotClosed; ReopenTooLate;
        TextInvalid; TextRevealsPerson.
    Emits: issue.reopened v1.
    """
    require_reporter(issue, by)
    if issue.state not in (IssueState.RESOLVED, IssueState.CONFIRMED):
        raise IssueNotClosed
    confirmation = issue.confirmation
    if confirmation is not None and at > confirmation.confirmed_at + REPORTERS_TIME:
        raise ReopenTooLate
    return _reopened(issue, reason=reason, by_reporter=True, by=by, at=at)


def reopen_by_staff(
    issue: Issue, *, reason: str, by: str, at: datetime
) -> tuple[Issue, Sequence[Event]]:
    """Send whatever is closed back to work, at any time.

    Raises: IssueNotClosed; TextInvalid; TextRevealsPerson.
    Emits: issue.reopened v1.
    """
    if issue.is_open:
        raise IssueNotClosed
    return _reopened(issue, reason=reason, by_reporter=False, by=by, at=at)


def _reopened(
    issue: Issue, *, reason: str, by_reporter: bool, by: str, at: datetime
) -> tuple[Issue, Sequence[Event]]:
    reopened = msgspec.structs.replace(
        issue,
        state=IssueState.REOPENED,
        handling=issue.handling.run_on(at),
        hazard=issue.hazard.taken_up(at),
        confirmation=None,
        rejection=None,
        duplication=None,
        reopenings=issue.reopenings + 1,
        reopening=Reopening(
            reason=checked_text(reason),
            by_reporter=by_reporter,
            reopened_at=at,
            reopened_by=by,
            confirmation=issue.confirmation,
        ),
    ).as_of(at)
    return reopened, reopening_of(reopened)
