"""The staff dismissed a comment."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import EarlyArrival, Handle

from outreach.application.dismiss_comment import DismissComment
from outreach.domain.errors import CommentNotFound


class IntakeDismissed(msgspec.Struct, frozen=True):
    """What outreach needs of issues' intake.dismissed."""

    type: ClassVar[str] = "intake.dismissed.v1"

    intake_id: str
    comment_id: str
    reason: str
    dismissed_at: datetime


def on_intake_dismissed(dismiss_comment: DismissComment) -> Handle[IntakeDismissed]:
    """Dismiss the comment."""

    async def handle(event: Received[IntakeDismissed]) -> None:
        dismissed = event.data
        try:
            await dismiss_comment(
                event.community_id,
                dismissed.comment_id,
                intake_id=dismissed.intake_id,
                reason=dismissed.reason,
                at=dismissed.dismissed_at,
            )
        except CommentNotFound:
            # Only after a restore can an intake be ahead of its comment.
            raise EarlyArrival(awaits=dismissed.comment_id) from None

    return handle
