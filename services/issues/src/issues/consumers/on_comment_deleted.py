"""Note that the comment is gone."""

from chassis.events import Received
from chassis.listening import EarlyArrival, Handle

from issues.application.note_deletion import NoteDeletion
from issues.consumers.comment_events import CommentDeleted
from issues.derived_ids import intake_id_of
from issues.domain.errors import IntakeNotFound


def on_comment_deleted(note_deletion: NoteDeletion) -> Handle[CommentDeleted]:
    """Make the handler."""

    async def handle(event: Received[CommentDeleted]) -> None:
        comment = event.data
        intake_id = intake_id_of(comment.comment_id)
        try:
            await note_deletion(
                event.community_id,
                intake_id,
                sequence=event.sequence,
                deleted_at=comment.deleted_at,
            )
        except IntakeNotFound:
            raise EarlyArrival(awaits=comment.comment_id) from None

    return handle
