"""Nothing will be done."""

from dataclasses import dataclass

from chassis.requests import Request

from issues.application.permit import permit
from issues.application.ports import Issues, Now
from issues.domain.handling.close import reject
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class RejectIssue:
    """Close an issue without work, with a reason that everybody may read.

    Raises: Forbidden; IssueNotFound; IssueClosed; PublicTextInvalid; PublicTextRevealsPerson.
    Emits: issue.updated v1.
    """

    issues: Issues
    now: Now

    async def __call__(
        self, actor: Actor, issue_id: str, *, reason: str, request: Request
    ) -> Issue:
        permit(actor, Operation.REJECT_ISSUE)
        at = self.now()
        return await self.issues.change(
            actor.community_id,
            issue_id,
            lambda issue: reject(issue, reason=reason, by=actor.account_id, at=at),
            request=request,
        )
