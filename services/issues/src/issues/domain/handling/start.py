"""Somebody sets to work, on the spot."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from issues.domain.events import Event
from issues.domain.handling.errors import IssueAlreadyStarted
from issues.domain.handling.notices import with_notices
from issues.domain.handling.work import handled_by, require_assigned
from issues.domain.issue import Change, Issue, IssueState


def start(issue: Issue, *, by: str, at: datetime) -> tuple[Issue, Sequence[Event]]:
    """Begin the work; a hazard's clock stops, because somebody is there.

    Raises: IssueClosed; IssueNotAssigned; IssueAlreadyStarted.
    Emits: issue.updated v1; what the clocks had still to tell.
    """
    require_assigned(issue)
    if issue.state not in (IssueState.ASSIGNED, IssueState.REOPENED):
        raise IssueAlreadyStarted
    noticed, notices = with_notices(issue, at)
    started, updated = issue.updated(
        msgspec.structs.replace(
            handled_by(noticed, by),
            state=IssueState.IN_PROGRESS,
            hazard=noticed.hazard.somebody_there(at),
            started_at=issue.started_at or at,
            started_by=issue.started_by or by,
        ),
        Change.STARTED,
        at,
    )
    return started, (*notices, *updated)
