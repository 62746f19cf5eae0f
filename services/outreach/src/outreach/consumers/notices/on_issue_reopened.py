"""An issue was not over."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from outreach.application.notices.note_issue_step import NoteIssueStep
from outreach.domain.notices import words
from outreach.domain.notices.issue_steps import Happening


class IssueReopened(msgspec.Struct, frozen=True):
    """What outreach needs of issues' issue.reopened."""

    type: ClassVar[str] = "issue.reopened.v1"

    issue_id: str
    reopened_at: datetime
    reopened_by: str


def on_issue_reopened(note_issue_step: NoteIssueStep) -> Handle[IssueReopened]:
    """Tell those who follow it."""

    async def handle(event: Received[IssueReopened]) -> None:
        told = event.data
        await note_issue_step(
            event.community_id,
            Happening(
                subject_id=told.issue_id,
                words=words.reopened(),
                happened_at=told.reopened_at,
                sequence=event.sequence,
                by=told.reopened_by,
            ),
        )

    return handle
