"""Take a comment in."""

from chassis.events import Received
from chassis.listening import Handle

from issues.application.receive_comment import ReceiveComment
from issues.consumers.comment_events import CommentReceived
from issues.derived_ids import intake_id_of, issue_id_of
from issues.domain import intake


def on_comment_received(receive_comment: ReceiveComment) -> Handle[CommentReceived]:
    """Make the handler."""

    async def handle(event: Received[CommentReceived]) -> None:
        comment = event.data
        intake_id = intake_id_of(comment.comment_id)
        received = intake.receive_comment(
            intake_id=intake_id,
            community_id=event.community_id,
            comment_id=comment.comment_id,
            source=comment.source,
            channel_id=comment.channel_id,
            article_id=comment.article_id,
            person_key=comment.person_key,
            redacted_text=comment.redacted_text,
            sequence=event.sequence,
            received_at=comment.received_at,
        )
        await receive_comment(received, issue_id=issue_id_of(intake_id))

    return handle
