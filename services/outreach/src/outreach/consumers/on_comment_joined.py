"""A comment was joined to an account: by a link, more may follow from it."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import EarlyArrival, Handle

from outreach.application.follow_up_link import FollowUpLink
from outreach.domain.errors import CommenterNotFound, CommentNotFound


class CommentJoined(msgspec.Struct, frozen=True):
    """What outreach needs of its own comment.joined; the rest is read from the comment."""

    type: ClassVar[str] = "comment.joined.v1"

    comment_id: str


def on_comment_joined(follow_up_link: FollowUpLink) -> Handle[CommentJoined]:
    """Draw what follows."""

    async def handle(event: Received[CommentJoined]) -> None:
        try:
            await follow_up_link(event.community_id, event.data.comment_id)
        except (CommentNotFound, CommenterNotFound):
            # Told by a store that has been set back since, or before its comment.received.
            raise EarlyArrival(awaits=event.data.comment_id) from None

    return handle
