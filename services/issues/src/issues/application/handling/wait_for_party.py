"""An outside party has to move first."""

from dataclasses import dataclass
from datetime import datetime

from chassis.requests import Request

from issues.application.handling.reach import within_reach
from issues.application.permit import permit
from issues.application.ports import Issues, Now
from issues.domain.handling.party import PartyKind
from issues.domain.handling.wait import wait_for_party
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class WaitForParty:
    """Pause the handling clock, for a reason and up to a moment.

    Raises: Forbidden; IssueNotFound; IssueClosed; IssueNotAssigned; IssueNotInProgress;
        TooManyPauses; WaitInvalid; TextInvalid; TextRevealsPerson.
    Emits: issue.updated v1.
    """

    issues: Issues
    now: Now

    async def __call__(
        self,
        actor: Actor,
        issue_id: str,
        *,
        party_kind: PartyKind,
        reason: str,
        until: datetime,
        request: Request,
    ) -> Issue:
        permit(actor, Operation.WAIT_FOR_PARTY)
        at = self.now()
        return await self.issues.change(
            actor.community_id,
            issue_id,
            within_reach(
                actor,
                lambda issue: wait_for_party(
                    issue,
                    party_kind=party_kind,
                    reason=reason,
                    until=until,
                    by=actor.account_id,
                    at=at,
                ),
            ),
            request=request,
        )
