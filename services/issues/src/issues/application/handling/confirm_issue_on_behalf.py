"""The staff asked the reporter, who says that it is settled."""

from dataclasses import dataclass

from chassis.requests import Request

from issues.application.permit import permit
from issues.application.ports import Issues, Now
from issues.domain.handling.confirm import confirm_on_behalf
from issues.domain.handling.decisions import Via
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class ConfirmIssueOnBehalf:
    """Confirm and rate for the reporter; never an issue that the actor had a part in.

    Raises: Forbidden; IssueNotFound; HandlerMayNotRate; IssueNotResolved; IssueAlreadyConfirmed;
        RatingOutOfRange.
    Emits: issue.confirmed v1.
    """

    issues: Issues
    now: Now

    async def __call__(
        self, actor: Actor, issue_id: str, *, rating: int, via: Via, request: Request
    ) -> Issue:
        permit(actor, Operation.CONFIRM_ISSUE_ON_BEHALF)
        at = self.now()
        return await self.issues.change(
            actor.community_id,
            issue_id,
            lambda issue: confirm_on_behalf(
                issue, rating=rating, via=via, by=actor.account_id, at=at
            ),
            request=request,
        )
