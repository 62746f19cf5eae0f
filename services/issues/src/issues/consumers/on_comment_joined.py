"""Note whose account the comment is of, on its intake and on the issue that it became."""

from chassis.events import Received
from chassis.listening import EarlyArrival, Handle

from issues.application.handling.note_issue_reporter import NoteIssueReporter
from issues.application.note_join import NoteJoin
from issues.consumers.comment_events import CommentJoined
from issues.derived_ids import intake_id_of, issue_id_of
from issues.domain.errors import IntakeNotFound
from issues.domain.reporter import Reporter


def on_comment_joined(
    note_join: NoteJoin, note_issue_reporter: NoteIssueReporter
) -> Handle[CommentJoined]:
    """Make the handler. The intake comes first: an issue that is made meanwhile asks it."""

    async def handle(event: Received[CommentJoined]) -> None:
        comment = event.data
        reporter = Reporter(
            account_id=comment.account_id,
            person_key=comment.joined_person_key,
            joined_at=comment.joined_at,
            sequence=event.sequence,
        )
        intake_id = intake_id_of(comment.comment_id)
        try:
            await note_join(event.community_id, intake_id, reporter)
        except IntakeNotFound:
            raise EarlyArrival(awaits=comment.comment_id) from None
        await note_issue_reporter(event.community_id, issue_id_of(intake_id), reporter)

    return handle
