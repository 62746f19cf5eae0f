"""An issue was found to repeat another one."""

from chassis.events import Received
from chassis.listening import EarlyArrival, Handle

from issues.application.public.carry_followers import CarryFollowers
from issues.consumers.issue_history import IssueUpdated
from issues.domain.errors import IssueNotFound
from issues.domain.issue import Change


def on_duplicate(carry_followers: CarryFollowers) -> Handle[IssueUpdated]:
    """Make the handler."""

    async def handle(event: Received[IssueUpdated]) -> None:
        if event.data.change is not Change.DUPLICATE:
            return
        try:
            await carry_followers(event.community_id, event.data.issue_id)
        except IssueNotFound:  # told by a store that has been set back since
            raise EarlyArrival(awaits=event.data.issue_id) from None

    return handle
