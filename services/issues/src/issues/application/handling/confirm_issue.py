"""The reporter says that it is settled, and how well."""

from dataclasses import dataclass

from chassis.requests import Request

from issues.application.permit import permit
from issues.application.ports import Issues, Now
from issues.domain.handling.confirm import confirm
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class ConfirmIssue:
    """Confirm and rate one's own issue.

    Raises: Forbidden; IssueNotFound; NotTheReporter; HandlerMayNotRate; IssueNotResolved;
        IssueAlreadyConfirmed; RatingOutOfRange; TextInvalid; TextRevealsPerson.
    Emits: issue.confirmed v1.
    """

    issues: Issues
    now: Now

    async def __call__(
        self, actor: Actor, issue_id: str, *, rating: int, comment: str | None, request: Request
    ) -> Issue:
        permit(actor, Operation.CONFIRM_ISSUE)
        at = self.now()
        return await self.issues.change(
            actor.community_id,
            issue_id,
            lambda issue: confirm(
                issue, rating=rating, comment=comment, by=actor.account_id, at=at
            ),
            request=request,
        )
