"""Note how the comment reads now."""

from chassis.events import Received
from chassis.listening import EarlyArrival, Handle

from issues.application.note_edit import NoteEdit
from issues.consumers.comment_events import CommentEdited
from issues.derived_ids import intake_id_of, issue_id_of
from issues.domain.errors import IntakeNotFound


def on_comment_edited(note_edit: NoteEdit) -> Handle[CommentEdited]:
    """Make the handler."""

    async def handle(event: Received[CommentEdited]) -> None:
        comment = event.data
        intake_id = intake_id_of(comment.comment_id)
        try:
            await note_edit(
                event.community_id,
                intake_id,
                redacted_text=comment.redacted_text,
                sequence=event.sequence,
                edited_at=comment.edited_at,
                issue_id=issue_id_of(intake_id),
            )
        except IntakeNotFound:
            raise EarlyArrival(awaits=comment.comment_id) from None

    return handle
