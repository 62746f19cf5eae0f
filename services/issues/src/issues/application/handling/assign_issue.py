"""Somebody is to work on an issue."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.requests import Request

from issues.application.handling.ports import KnownAccounts
from issues.application.permit import permit
from issues.application.ports import Issues, Now
from issues.domain.events import Event
from issues.domain.handling.assign import assign, checked_assignees
from issues.domain.handling.errors import AssigneeUnknown
from issues.domain.issue import Issue
from issues.domain.permissions import HANDLERS, Actor, Operation


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
        at = self.now()
        may_handle = await self._may_handle(actor, checked_assignees(assignee_ids))

        def assigned(issue: Issue) -> tuple[Issue, Sequence[Event]]:
            after = assign(issue, assignee_ids=assignee_ids, by=actor.account_id, at=at)
            if not may_handle:
                raise AssigneeUnknown
            return after

        return await self.issues.change(actor.community_id, issue_id, assigned, request=request)

    async def _may_handle(self, actor: Actor, assignee_ids: Sequence[str]) -> bool:
        others = [each for each in assignee_ids if each != actor.account_id]
        roles = await self.accounts.roles_of(actor.community_id, others)
        return not any(held.isdisjoint(HANDLERS) for held in roles)
