"""A person says that there is danger."""

from dataclasses import dataclass

from chassis.requests import Request

from issues.application.permit import permit
from issues.application.ports import Issues, Now
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class ConfirmHazard:
    """Confirm a proposed hazard, or find one that nobody proposed.

    Raises: Forbidden; IssueNotFound; HazardAlreadyConfirmed.
    Emits: issue.updated v1; hazard.found v1 where it was not raised.
    """

    issues: Issues
    now: Now

    async def __call__(self, actor: Actor, issue_id: str, *, request: Request) -> Issue:
        permit(actor, Operation.CONFIRM_HAZARD)
        at = self.now()
        return await self.issues.change(
            actor.community_id,
            issue_id,
            lambda issue: issue.confirm_hazard(by=actor.account_id, at=at),
            request=request,
        )
