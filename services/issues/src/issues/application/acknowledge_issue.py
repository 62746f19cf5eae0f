"""Somebody takes notice of an issue."""

from dataclasses import dataclass

from chassis.requests import Request

from issues.application.permit import permit
from issues.application.ports import Issues, Now
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class AcknowledgeIssue:
    """Acknowledge an issue.

    Raises: Forbidden; IssueNotFound; IssueAlreadyAcknowledged.
    Emits: issue.acknowledged v1.
    """

    issues: Issues
    now: Now

    async def __call__(self, actor: Actor, issue_id: str, *, request: Request) -> Issue:
        permit(actor, Operation.ACKNOWLEDGE_ISSUE)
        at = self.now()
        return await self.issues.change(
            actor.community_id,
            issue_id,
            lambda issue: issue.acknowledge(by=actor.account_id, at=at),
            request=request,
        )
