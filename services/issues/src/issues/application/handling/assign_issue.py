"""Somebody is to work on an issue."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.requests import Request

from issues.application.handling.ports import KnownAccounts
from issues.application.permit import permit
from issues.application.ports import Issues, Now
from issues.domain.handling.assign import MAY_HANDLE, assign, checked_assignees
from issues.domain.handling.errors import AssigneeUnknown
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class AssignIssue:
    """Give an issue to accounts that may handle matters; the actor's own is one of them.

    Raises: Forbidden; IssueNotFound; IssueClosed; IssueNotAcknowledged; IssueNotTriaged;
        AssigneesInvalid; AssigneeUnknown.
    Emits: issue.assigned v1.
    """

    issues: Issues
    accounts: KnownAccounts
    now: Now

    async def __call__(
        self, actor: Actor, issue_id: str, *, assignee_ids: Sequence[str], request: Request
    ) -> Issue:
        permit(actor, Operation.ASSIGN_ISSUE)
        await self._check_known(actor, checked_assignees(assignee_ids))
        at = self.now()
        return await self.issues.change(
            actor.community_id,
            issue_id,
            lambda issue: assign(issue, assignee_ids=assignee_ids, by=actor.account_id, at=at),
            request=request,
        )

    async def _check_known(self, actor: Actor, assignee_ids: Sequence[str]) -> None:
        others = [each for each in assignee_ids if each != actor.account_id]
        roles = await self.accounts.roles_of(actor.community_id, others)
        if any(held.isdisjoint(MAY_HANDLE) for held in roles):
            raise AssigneeUnknown
