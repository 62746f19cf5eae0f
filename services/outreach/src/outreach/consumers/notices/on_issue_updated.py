"""An issue is no longer as it was; people are told of some of the changes."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from outreach.application.notices.note_issue_step import NoteIssueStep
from outreach.domain.notices import words
from outreach.domain.notices.issue_steps import Happening
from outreach.domain.notices.words import Words

TOLD: Mapping[str, Callable[[], Words]] = {
    "started": words.started,
    "waiting": words.waiting,
    "resumed": words.resumed,
    "escalated": words.escalated,
    "rejected": words.rejected,
    "duplicate": words.duplicate,
}


class IssueUpdated(msgspec.Struct, frozen=True):
    """What outreach needs of issues' issue.updated."""

    type: ClassVar[str] = "issue.updated.v1"

    issue_id: str
    change: str
    updated_at: datetime


def on_issue_updated(note_issue_step: NoteIssueStep) -> Handle[IssueUpdated]:
    """Tell those who follow it, if it is a change for them."""

    async def handle(event: Received[IssueUpdated]) -> None:
        told = event.data
        say = TOLD.get(told.change)
        if say is None:
            return
        await note_issue_step(
            event.community_id,
            Happening(
                subject_id=told.issue_id,
                words=say(),
                happened_at=told.updated_at,
                sequence=event.sequence,
            ),
        )

    return handle
