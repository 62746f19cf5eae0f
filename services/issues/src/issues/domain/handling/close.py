"""It ends without work: nothing will be done, or it is done under another issue."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from issues.domain.errors import PublicTextInvalid
from issues.domain.events import Event
from issues.domain.handling.decisions import Duplication, Rejection
from issues.domain.handling.errors import OriginalUnknown
from issues.domain.handling.notices import with_notices
from issues.domain.handling.wait import end_waiting
from issues.domain.handling.work import require_open
from issues.domain.issue import Change, Issue, IssueState
from issues.domain.public_text import checked_public_text


def reject(issue: Issue, *, reason: str, by: str, at: datetime) -> tuple[Issue, Sequence[Event]]:
    """Say that nothing will be done, and why, for everybody to read.

    Raises: IssueClosed; PublicTextInvalid; PublicTextRevealsPerson.
    Emits: issue.updated v1; what the clocks had still to tell.
    """
    require_open(issue)
    text = checked_public_text(reason)
    if text is None:
        raise PublicTextInvalid
    stopped, notices = _stopped(issue, by=by, at=at)
    rejected, updated = issue.updated(
        msgspec.structs.replace(
            stopped,
            state=IssueState.REJECTED,
            rejection=Rejection(reason=text, rejected_at=at, rejected_by=by),
        ),
        Change.REJECTED,
        at,
    )
    return rejected, (*notices, *updated)


def mark_duplicate(
    issue: Issue, original: Issue | None, *, by: str, at: datetime
) -> tuple[Issue, Sequence[Event]]:
    """Say that it is the same matter as an earlier issue, which goes on or is to be confirmed.

    Only what was reported earlier can be repeated, so no two issues can name each other.

    Raises: IssueClosed; OriginalUnknown for none, itself, a later one, one that is settled,
        rejected or a duplicate too.
    Emits: issue.updated v1; what the clocks had still to tell.
    """
    require_open(issue)
    if original is None or not _can_be_repeated(original, by=issue):
        raise OriginalUnknown
    stopped, notices = _stopped(issue, by=by, at=at)
    marked, updated = issue.updated(
        msgspec.structs.replace(
            stopped,
            state=IssueState.DUPLICATE,
            duplication=Duplication(original_id=original.id, marked_at=at, marked_by=by),
        ),
        Change.DUPLICATE,
        at,
    )
    return marked, (*notices, *updated)


def _can_be_repeated(original: Issue, *, by: Issue) -> bool:
    earlier = (original.reported_at, original.id) < (by.reported_at, by.id)
    return earlier and (original.is_open or original.state == IssueState.RESOLVED)


def _stopped(issue: Issue, *, by: str, at: datetime) -> tuple[Issue, Sequence[Event]]:
    noticed, notices = with_notices(issue, at)
    ended = end_waiting(noticed, by=by, at=at)
    return (
        msgspec.structs.replace(
            ended, handling=ended.handling.stop(at), hazard=ended.hazard.set_aside(at)
        ),
        notices,
    )
