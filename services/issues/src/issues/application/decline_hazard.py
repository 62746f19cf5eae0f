"""A person says that there is no danger."""

from dataclasses import dataclass

from chassis.requests import Request

from issues.application.permit import permit
from issues.application.ports import Issues, Now
from issues.domain.handling.danger import decline_hazard
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class DeclineHazard:
    """Decline a hazard and stop its clock.

    Raises: Forbidden; IssueNotFound; HazardNotRaised; HazardAlreadyDeclined.
    Emits: issue.updated v1.
    """

    issues: Issues
    now: Now

    async def __call__(self, actor: Actor, issue_id: str, *, request: Request) -> Issue:
        permit(actor, Operation.DECLINE_HAZARD)
        at = self.now()
        return await self.issues.change(
            actor.community_id,
            issue_id,
            lambda issue: decline_hazard(issue, by=actor.account_id, at=at),
            request=request,
        )
