"""What somebody is to work on."""

from dataclasses import dataclass

from issues.application.permit import permit
from issues.application.ports import Cursor, Issues, Page
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class AssignedIssues:
    """List the issues that the actor is to work on, the latest reported first.

    Raises: Forbidden.
    """

    issues: Issues

    async def __call__(self, actor: Actor, *, first: int, after: Cursor | None) -> Page[Issue]:
        permit(actor, Operation.ASSIGNED_ISSUES)
        return await self.issues.assigned_to(
            actor.community_id, actor.account_id, first=first, after=after
        )
