"""A promise was kept, late, or broken."""

from dataclasses import dataclass
from datetime import datetime

from chassis.requests import Request

from issues.application.handling.reach import within_reach
from issues.application.permit import permit
from issues.application.ports import Issues, Now
from issues.domain.handling.coordinate import settle_promise
from issues.domain.handling.rounds import PromiseOutcome
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class SettlePromise:
    """Say what became of a round's promise.

    Raises: Forbidden; IssueNotFound; RoundNotFound; RoundWithoutPromise; PromiseAlreadySettled;
        SettlementTimeInvalid; OutcomeContradictsDate.
    Emits: coordination.recorded v1.
    """

    issues: Issues
    now: Now

    async def __call__(
        self,
        actor: Actor,
        issue_id: str,
        number: int,
        *,
        outcome: PromiseOutcome,
        settled: datetime,
        request: Request,
    ) -> Issue:
        permit(actor, Operation.SETTLE_PROMISE)
        at = self.now()
        return await self.issues.change(
            actor.community_id,
            issue_id,
            within_reach(
                actor,
                lambda issue: settle_promise(
                    issue, number, outcome=outcome, settled=settled, by=actor.account_id, at=at
                ),
            ),
            request=request,
        )
