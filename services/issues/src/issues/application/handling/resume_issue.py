"""The wait is over before its time."""

from dataclasses import dataclass

from chassis.requests import Request

from issues.application.handling.reach import within_reach
from issues.application.permit import permit
from issues.application.ports import Issues, Now
from issues.domain.handling.wait import resume
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class ResumeIssue:
    """Go on with the work; the clock runs on.

    Raises: Forbidden; IssueNotFound; IssueClosed; IssueNotAssigned; IssueNotWaiting.
    Emits: issue.updated v1.
    """

    issues: Issues
    now: Now

    async def __call__(self, actor: Actor, issue_id: str, *, request: Request) -> Issue:
        permit(actor, Operation.RESUME_ISSUE)
        at = self.now()
        return await self.issues.change(
            actor.community_id,
            issue_id,
            within_reach(actor, lambda issue: resume(issue, by=actor.account_id, at=at)),
            request=request,
        )
