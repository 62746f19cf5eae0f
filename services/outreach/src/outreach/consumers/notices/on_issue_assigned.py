"""Somebody is named to work on an issue."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from outreach.application.notices.note_issue_step import NoteIssueStep
from outreach.domain.notices import words
from outreach.domain.notices.issue_steps import Happening


class IssueAssigned(msgspec.Struct, frozen=True):
    """What outreach needs of issues' issue.assigned."""

    type: ClassVar[str] = "issue.assigned.v1"

    issue_id: str
    assigned_at: datetime


def on_issue_assigned(note_issue_step: NoteIssueStep) -> Handle[IssueAssigned]:
    """Tell those who follow it."""

    async def handle(event: Received[IssueAssigned]) -> None:
        told = event.data
        await note_issue_step(
            event.community_id,
            Happening(
                subject_id=told.issue_id,
                words=words.assigned(),
                happened_at=told.assigned_at,
                sequence=event.sequence,
            ),
        )

    return handle
