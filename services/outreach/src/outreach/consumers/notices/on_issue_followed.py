"""An account follows an issue from now on: its reporter's first."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from outreach.application.notices.note_following import NoteFollowing


class IssueFollowed(msgspec.Struct, frozen=True):
    """What outreach needs of issues' issue.followed."""

    type: ClassVar[str] = "issue.followed.v1"

    issue_id: str
    account_id: str
    followed_at: datetime


def on_issue_followed(note_following: NoteFollowing) -> Handle[IssueFollowed]:
    """Show it what happened so far, and tell it what happens from then on."""

    async def handle(event: Received[IssueFollowed]) -> None:
        told = event.data
        await note_following(
            event.community_id,
            told.issue_id,
            told.account_id,
            at=told.followed_at,
            follows=True,
        )

    return handle
