"""An issue was made of a comment."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import EarlyArrival, Handle

from outreach.application.link_comment import LinkComment
from outreach.domain.errors import CommentNotFound


class IntakeAccepted(msgspec.Struct, frozen=True):
    """What outreach needs of issues' intake.accepted."""

    type: ClassVar[str] = "intake.accepted.v1"

    intake_id: str
    comment_id: str
    issue_id: str
    accepted_at: datetime


def on_intake_accepted(link_comment: LinkComment) -> Handle[IntakeAccepted]:
    """Link the comment to its issue."""

    async def handle(event: Received[IntakeAccepted]) -> None:
        accepted = event.data
        try:
            await link_comment(
                event.community_id,
                accepted.comment_id,
                intake_id=accepted.intake_id,
                issue_id=accepted.issue_id,
                at=accepted.accepted_at,
            )
        except CommentNotFound:
            # Only after a restore can an intake be ahead of its comment.
            raise EarlyArrival(awaits=accepted.comment_id) from None

    return handle
