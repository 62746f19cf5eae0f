"""Somebody has talked with an outside party."""

from dataclasses import dataclass

from chassis.requests import Request

from issues.application.handling.reach import within_reach
from issues.application.permit import permit
from issues.application.ports import Issues, Now
from issues.domain.handling.coordinate import RoundDraft, record_round
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class RecordRound:
    """Record a coordination round, with what was promised.

    Raises: Forbidden; IssueNotFound; IssueClosed; IssueNotAssigned; TooManyRounds; PartyInvalid;
        TextInvalid; TextRevealsPerson; RoundTimeInvalid; PromiseWithoutDate; PromiseBeforeRound.
    Emits: coordination.recorded v1.
    """

    issues: Issues
    now: Now

    async def __call__(
        self, actor: Actor, issue_id: str, draft: RoundDraft, *, request: Request
    ) -> Issue:
        permit(actor, Operation.RECORD_ROUND)
        at = self.now()
        return await self.issues.change(
            actor.community_id,
            issue_id,
            within_reach(
                actor, lambda issue: record_round(issue, draft, by=actor.account_id, at=at)
            ),
            request=request,
        )
