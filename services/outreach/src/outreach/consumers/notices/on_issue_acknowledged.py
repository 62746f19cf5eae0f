"""The staff have taken notice of an issue."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from outreach.application.notices.note_issue_step import NoteIssueStep
from outreach.domain.notices import words
from outreach.domain.notices.issue_steps import Happening


class IssueAcknowledged(msgspec.Struct, frozen=True):
    """What outreach needs of issues' issue.acknowledged."""

    type: ClassVar[str] = "issue.acknowledged.v1"

    issue_id: str
    acknowledged_at: datetime


def on_issue_acknowledged(note_issue_step: NoteIssueStep) -> Handle[IssueAcknowledged]:
    """Tell those who follow it."""

    async def handle(event: Received[IssueAcknowledged]) -> None:
        told = event.data
        await note_issue_step(
            event.community_id,
            Happening(
                subject_id=told.issue_id,
                words=words.acknowledged(),
                happened_at=told.acknowledged_at,
                sequence=event.sequence,
            ),
        )

    return handle
