"""The work is done, and proved."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from issues.domain.errors import PublicTextInvalid
from issues.domain.events import Event
from issues.domain.handling.decisions import Resolution
from issues.domain.handling.errors import EvidenceMissing, IssueNotInProgress
from issues.domain.handling.facts import resolution_of
from issues.domain.handling.notices import with_notices
from issues.domain.handling.wait import end_waiting
from issues.domain.handling.work import handled_by, require_assigned
from issues.domain.issue import Issue, IssueState
from issues.domain.public_text import checked_public_text

MAX_PHOTOS = 20


def resolve(
    issue: Issue, *, note: str, photo_ids: Sequence[str], by: str, at: datetime
) -> tuple[Issue, Sequence[Event]]:
    """Say that it is done; the handling clock stops, and a wait ends.

    Promises that are still open stay as they are, for everybody to see.

    Args:
        photo_ids: photos of this issue; whoever calls has made sure of that.
    Raises: IssueClosed; IssueNotAssigned; IssueNotInProgress; EvidenceMissing;
        PublicTextInvalid; PublicTextRevealsPerson.
    Emits: issue.resolved v1; what the clocks had still to tell.
    """
    require_assigned(issue)
    if issue.state not in (IssueState.IN_PROGRESS, IssueState.WAITING_EXTERNAL):
        raise IssueNotInProgress
    text = checked_public_text(note)
    if text is None:
        raise PublicTextInvalid
    if not 1 <= len(photo_ids) <= MAX_PHOTOS:
        raise EvidenceMissing
    noticed, notices = with_notices(issue, at)
    stopped = end_waiting(handled_by(noticed, by), by=by, at=at)
    clock = stopped.handling.stop(at)
    resolved = msgspec.structs.replace(
        stopped,
        state=IssueState.RESOLVED,
        handling=clock,
        hazard=stopped.hazard.somebody_there(at),
        resolution=Resolution(
            note=text,
            photo_ids=tuple(dict.fromkeys(photo_ids)),
            in_time=clock.kept(at),
            resolved_at=at,
            resolved_by=by,
        ),
    ).as_of(at)
    return resolved, (*notices, *resolution_of(resolved))
