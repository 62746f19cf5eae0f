"""A comment is there: its commenter is known from now on."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import EarlyArrival, Handle

from outreach.application.meet_commenter import MeetCommenter
from outreach.domain.errors import CommentNotFound


class CommentReceived(msgspec.Struct, frozen=True):
    """What outreach needs of its own comment.received; the rest is read from the comment."""

    type: ClassVar[str] = "comment.received.v1"

    comment_id: str


def on_comment_received(meet_commenter: MeetCommenter) -> Handle[CommentReceived]:
    """Meet the commenter."""

    async def handle(event: Received[CommentReceived]) -> None:
        try:
            await meet_commenter(event.community_id, event.data.comment_id)
        except CommentNotFound:
            # Told by a store that has been set back since.
            raise EarlyArrival(awaits=event.data.comment_id) from None

    return handle
