"""It was not settled after all."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.requests import Request

from issues.application.permit import permit
from issues.application.ports import Issues, Now
from issues.domain.events import Event
from issues.domain.handling.reopen import reopen_by_reporter, reopen_by_staff
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, Operation, is_staff


@dataclass(frozen=True)
class ReopenIssue:
    """Send an issue back to work: the reporter in their time, the staff at any time.

    Raises: Forbidden; IssueNotFound; NotTheReporter; IssueNotClosed; ReopenTooLate; TextInvalid;
        TextRevealsPerson.
    Emits: issue.reopened v1.
    """

    issues: Issues
    now: Now

    async def __call__(
        self, actor: Actor, issue_id: str, *, reason: str, request: Request
    ) -> Issue:
        permit(actor, Operation.REOPEN_ISSUE)
        at = self.now()
        reopen = reopen_by_staff if is_staff(actor) else reopen_by_reporter

        def reopened(issue: Issue) -> tuple[Issue, Sequence[Event]]:
            return reopen(issue, reason=reason, by=actor.account_id, at=at)

        return await self.issues.change(actor.community_id, issue_id, reopened, request=request)
