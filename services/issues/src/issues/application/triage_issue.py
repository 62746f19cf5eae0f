"""A person says what an issue is about and who can solve it."""

from dataclasses import dataclass

from chassis.requests import Request

from issues.application.permit import permit
from issues.application.ports import Issues, Now
from issues.domain.handling.triage import TriageDraft, triage
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class TriageIssue:
    """Triage an acknowledged issue; what is None stays as it was.

    Raises: Forbidden; IssueNotFound; IssueNotAcknowledged; IssueClosed; EscalationNeedsReason;
        LevelNotHigher; CategoryUnknown; PublicTextInvalid; PublicTextRevealsPerson; PlaceTooLong;
        TextInvalid; TextRevealsPerson.
    Emits: issue.updated v1.
    """

    issues: Issues
    now: Now

    async def __call__(
        self,
        actor: Actor,
        issue_id: str,
        draft: TriageDraft,
        *,
        request: Request,
    ) -> Issue:
        permit(actor, Operation.TRIAGE_ISSUE)
        at = self.now()
        return await self.issues.change(
            actor.community_id,
            issue_id,
            lambda issue: triage(issue, draft, by=actor.account_id, at=at),
            request=request,
        )
