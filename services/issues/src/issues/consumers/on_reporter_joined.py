"""It has become known who reported an issue."""

from chassis.events import Received
from chassis.listening import EarlyArrival, Handle

from issues.application.public.carry_followers import CarryFollowers
from issues.application.public.note_reporter import NoteReporter
from issues.consumers.issue_history import IssueUpdated
from issues.domain.errors import IssueNotFound
from issues.domain.issue import Change


def on_reporter_joined(
    note_reporter: NoteReporter, carry_followers: CarryFollowers
) -> Handle[IssueUpdated]:
    """Make the handler; the reporter of a duplicate hears of its original as well."""

    async def handle(event: Received[IssueUpdated]) -> None:
        if event.data.change is not Change.REPORTER_JOINED:
            return
        try:
            await note_reporter(event.community_id, event.data.issue_id)
            await carry_followers(event.community_id, event.data.issue_id)
        except IssueNotFound:  # told by a store that has been set back since
            raise EarlyArrival(awaits=event.data.issue_id) from None

    return handle
