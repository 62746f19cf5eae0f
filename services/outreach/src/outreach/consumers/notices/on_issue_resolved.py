"""The work on an issue is done."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from outreach.application.notices.note_issue_step import NoteIssueStep
from outreach.domain.notices import words
from outreach.domain.notices.issue_steps import Happening


class IssueResolved(msgspec.Struct, frozen=True):
    """What outreach needs of issues' issue.resolved."""

    type: ClassVar[str] = "issue.resolved.v1"

    issue_id: str
    photo_count: int
    resolved_at: datetime


def on_issue_resolved(note_issue_step: NoteIssueStep) -> Handle[IssueResolved]:
    """Tell those who follow it."""

    async def handle(event: Received[IssueResolved]) -> None:
        told = event.data
        await note_issue_step(
            event.community_id,
            Happening(
                subject_id=told.issue_id,
                words=words.resolved(told.photo_count),
                happened_at=told.resolved_at,
                sequence=event.sequence,
            ),
        )

    return handle
