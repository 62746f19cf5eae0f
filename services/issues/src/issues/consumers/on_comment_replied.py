"""Note that the person was answered."""

from chassis.events import Received
from chassis.listening import EarlyArrival, Handle

from issues.application.note_reply import NoteReply
from issues.consumers.comment_events import CommentReplied
from issues.derived_ids import intake_id_of
from issues.domain.errors import IntakeNotFound


def on_comment_replied(note_reply: NoteReply) -> Handle[CommentReplied]:
    """Make the handler."""

    async def handle(event: Received[CommentReplied]) -> None:
        comment = event.data
        intake_id = intake_id_of(comment.comment_id)
        try:
            await note_reply(
                event.community_id,
                intake_id,
                replied_at=comment.replied_at,
                replied_by=comment.replied_by,
            )
        except IntakeNotFound:
            raise EarlyArrival(awaits=comment.comment_id) from None

    return handle
