"""An account follows an issue no longer."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from outreach.application.notices.note_following import NoteFollowing
from outreach.domain.notices.following import Mark


class IssueUnfollowed(msgspec.Struct, frozen=True):
    """What outreach needs of issues' issue.unfollowed."""

    type: ClassVar[str] = "issue.unfollowed.v1"

    issue_id: str
    account_id: str
    unfollowed_at: datetime


def on_issue_unfollowed(note_following: NoteFollowing) -> Handle[IssueUnfollowed]:
    """Tell it nothing more."""

    async def handle(event: Received[IssueUnfollowed]) -> None:
        told = event.data
        await note_following(
            event.community_id,
            told.issue_id,
            told.account_id,
            Mark(told.unfollowed_at, follows=False),
        )

    return handle
