"""A higher level has to solve it."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from issues.domain.errors import IssueNotAcknowledged
from issues.domain.events import Event
from issues.domain.handling.decisions import Escalation
from issues.domain.handling.errors import LevelNotHigher, LevelUnchanged
from issues.domain.handling.texts import checked_text
from issues.domain.handling.work import require_open
from issues.domain.issue import Change, Issue, IssueState, Level


def is_higher(level: Level, *, than: Level) -> bool:
    """Whether a level stands above another."""
    order = list(Level)
    return order.index(level) > order.index(than)


def escalate(
    issue: Issue, *, level: Level, reason: str, by: str, at: datetime
) -> tuple[Issue, Sequence[Event]]:
    """Hand it to a higher level, and say why.

    Raises: IssueClosed; IssueNotAcknowledged; LevelUnchanged; LevelNotHigher; TextInvalid;
        TextRevealsPerson.
    Emits: issue.updated v1.
    """
    require_open(issue)
    if issue.state == IssueState.NEW:
        raise IssueNotAcknowledged
    if level == issue.level:
        raise LevelUnchanged
    if not is_higher(level, than=issue.level):
        raise LevelNotHigher
    escalation = Escalation(
        from_level=issue.level,
        to_level=level,
        reason=checked_text(reason),
        escalated_at=at,
        escalated_by=by,
    )
    escalated = msgspec.structs.replace(issue, level=level, escalation=escalation)
    return issue.updated(escalated, Change.ESCALATED, at)
