"""It is the same matter as another issue."""

from dataclasses import dataclass

from chassis.requests import Request

from issues.application.permit import permit
from issues.application.ports import Issues, Now
from issues.domain.handling.close import mark_duplicate
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class MarkDuplicate:
    """Close an issue in favour of the one that it repeats.

    Raises: Forbidden; IssueNotFound; IssueClosed; OriginalUnknown.
    Emits: issue.updated v1.
    """

    issues: Issues
    now: Now

    async def __call__(
        self, actor: Actor, issue_id: str, *, original_id: str, request: Request
    ) -> Issue:
        permit(actor, Operation.MARK_DUPLICATE)
        at = self.now()
        (original,) = await self.issues.get_many(actor.community_id, [original_id])
        return await self.issues.change(
            actor.community_id,
            issue_id,
            lambda issue: mark_duplicate(issue, original, by=actor.account_id, at=at),
            request=request,
        )
