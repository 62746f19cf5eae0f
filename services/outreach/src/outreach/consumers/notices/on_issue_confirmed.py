"""An issue is over, and whether the reporter is content."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from outreach.application.notices.note_issue_step import NoteIssueStep
from outreach.domain.notices import words
from outreach.domain.notices.issue_steps import Happening


class IssueConfirmed(msgspec.Struct, frozen=True):
    """What outreach needs of issues' issue.confirmed."""

    type: ClassVar[str] = "issue.confirmed.v1"

    issue_id: str
    how: str
    rating: int | None
    confirmed_at: datetime
    confirmed_by: str | None


def on_issue_confirmed(note_issue_step: NoteIssueStep) -> Handle[IssueConfirmed]:
    """Tell those who follow it."""

    async def handle(event: Received[IssueConfirmed]) -> None:
        told = event.data
        await note_issue_step(
            event.community_id,
            Happening(
                subject_id=told.issue_id,
                words=words.confirmed(told.how, told.rating),
                happened_at=told.confirmed_at,
                sequence=event.sequence,
                by=told.confirmed_by,
            ),
        )

    return handle
