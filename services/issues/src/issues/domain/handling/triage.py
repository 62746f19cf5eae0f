"""What an issue is about, and who can solve it."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from issues.domain.categories import category_of
from issues.domain.errors import IssueNotAcknowledged
from issues.domain.events import Event
from issues.domain.handling.errors import EscalationNeedsReason, LevelNotHigher
from issues.domain.handling.escalate import escalate, is_higher
from issues.domain.handling.notices import with_notices
from issues.domain.handling.work import require_open
from issues.domain.issue import Change, Issue, IssueState, Level
from issues.domain.public_text import checked_place, checked_public_text


class TriageDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A triage as somebody wrote it down; what is None stays as it was.

    `level_reason` is why the level rises, and is read only where it does.
    """

    category: str
    level: Level
    level_reason: str | None = None
    public_text: str | None = None
    place: str | None = None


def triage(
    issue: Issue, draft: TriageDraft, *, by: str, at: datetime
) -> tuple[Issue, Sequence[Event]]:
    """Say what it is about and who can solve it; again, to put it right.

    Another category has another clock, from the same start. A higher level is an escalation; a
    lower one puts right what was said before, as long as nobody is to work on it.

    Raises: IssueNotAcknowledged; IssueClosed; EscalationNeedsReason; LevelNotHigher;
        CategoryUnknown; PublicTextInvalid; PublicTextRevealsPerson; PlaceTooLong; TextInvalid;
        TextRevealsPerson.
    Emits: issue.updated v1, twice where the level rises; what the clocks had still to tell.
    """
    if issue.state == IssueState.NEW:
        raise IssueNotAcknowledged
    require_open(issue)
    rises = is_higher(draft.level, than=issue.level)
    if not rises and draft.level != issue.level and issue.assignment is not None:
        raise LevelNotHigher
    if rises and draft.level_reason is None:
        raise EscalationNeedsReason
    noticed, notices = with_notices(issue, at)
    triaged, updated = issue.updated(_put_right(noticed, draft, by=by, at=at), Change.TRIAGED, at)
    if not rises or draft.level_reason is None:
        return triaged, (*notices, *updated)
    escalated, told = escalate(triaged, level=draft.level, reason=draft.level_reason, by=by, at=at)
    return escalated, (*notices, *updated, *told)


def _put_right(issue: Issue, draft: TriageDraft, *, by: str, at: datetime) -> Issue:
    text = checked_public_text(draft.public_text)
    at_desk = issue.state == IssueState.ACKNOWLEDGED
    lowers = is_higher(issue.level, than=draft.level)
    return msgspec.structs.replace(
        issue,
        state=IssueState.TRIAGED if at_desk else issue.state,
        category=draft.category,
        handling=issue.handling.with_allowance(category_of(draft.category).handling),
        level=draft.level if lowers else issue.level,
        escalation=None if lowers else issue.escalation,
        place=issue.place if draft.place is None else checked_place(draft.place),
        public_text=text or issue.public_text,
        public_text_by=by if text else issue.public_text_by,
        published_at=issue.published_at or (at if text else None),
    )
