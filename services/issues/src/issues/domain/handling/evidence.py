"""What proves that work was done: photos of it, by those who did it, since they began."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from issues.domain.handling.errors import EvidenceNotOfWork, EvidenceUnknown
from issues.domain.handling.visibility import is_reporter
from issues.domain.issue import Issue


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """A photo of an issue that was taken in."""

    photo_id: str
    taken_by: str
    uploaded_at: datetime


def require_evidence(
    issue: Issue, photo_ids: Sequence[str], known: Sequence[Evidence], *, by: str
) -> None:
    """Make sure that each photo proves the work that goes on now.

    A photo becomes public with the resolution, and so a reporter's own never is evidence: it may
    show what they sent to the staff alone. What was there before the work began proves nothing.

    Args:
        by: who says that it is done; their photos count beside those of whoever worked on it.
    Raises: EvidenceUnknown; EvidenceNotOfWork.
    """
    photos = {photo.photo_id: photo for photo in known}
    if not set(photo_ids) <= photos.keys():
        raise EvidenceUnknown
    began_at = _began_at(issue)
    for photo_id in photo_ids:
        photo = photos[photo_id]
        theirs = photo.taken_by == by or photo.taken_by in issue.handlers
        if not theirs or is_reporter(issue, photo.taken_by):
            raise EvidenceNotOfWork
        if began_at is None or photo.uploaded_at < began_at:
            raise EvidenceNotOfWork


def _began_at(issue: Issue) -> datetime | None:
    """When the work that goes on now began: at first, or since it was last sent back."""
    if issue.reopening is None or issue.started_at is None:
        return issue.started_at
    return max(issue.started_at, issue.reopening.reopened_at)
