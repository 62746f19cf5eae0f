"""An account follows an issue from now on: its reporter's first."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from outreach.application.notices.note_following import NoteFollowing
from outreach.domain.notices.following import Mark


class IssueFollowed(msgspec.Struct, frozen=True):
    """What outreach needs of issues' issue.followed."""

    type: ClassVar[str] = "issue.followed.v1"

    issue_id: str
    account_id: str
    followed_at: datetime
    role: str = "follower"


def on_issue_followed(note_following: NoteFollowing) -> Handle[IssueFollowed]:
    """Tell it what happens from then on; the reporter is also shown what happened before."""

    async def handle(event: Received[IssueFollowed]) -> None:
        told = event.data
        await note_following(
            event.community_id,
            told.issue_id,
            told.account_id,
            Mark(told.followed_at, follows=True, as_reporter=told.role == "reporter"),
        )

    return handle
