"""Another level has to solve it."""

from dataclasses import dataclass

from chassis.requests import Request

from issues.application.permit import permit
from issues.application.ports import Issues, Now
from issues.domain.handling.escalate import escalate
from issues.domain.issue import Issue, Level
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class EscalateIssue:
    """Hand an issue to a higher level, and say why.

    Raises: Forbidden; IssueNotFound; IssueClosed; IssueNotAcknowledged; LevelUnchanged;
        LevelNotHigher; TextInvalid; TextRevealsPerson.
    Emits: issue.updated v1.
    """

    issues: Issues
    now: Now

    async def __call__(
        self, actor: Actor, issue_id: str, *, level: Level, reason: str, request: Request
    ) -> Issue:
        permit(actor, Operation.ESCALATE_ISSUE)
        at = self.now()
        return await self.issues.change(
            actor.community_id,
            issue_id,
            lambda issue: escalate(issue, level=level, reason=reason, by=actor.account_id, at=at),
            request=request,
        )
