"""A clerk closes a comment without an issue."""

from dataclasses import dataclass

from chassis.requests import Request

from issues.application.permit import permit
from issues.application.ports import Intakes, Now
from issues.domain.decisions import DismissalReason
from issues.domain.intake import Intake
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class DismissIntake:
    """Close an intake and say why.

    Raises: Forbidden; IntakeNotFound; IntakeAlreadyAccepted; IntakeDismissed; ReplyPending.
    Emits: intake.dismissed v1.
    """

    intakes: Intakes
    now: Now

    async def __call__(
        self, actor: Actor, intake_id: str, *, reason: DismissalReason, request: Request
    ) -> Intake:
        permit(actor, Operation.DISMISS_INTAKE)
        at = self.now()
        return await self.intakes.change(
            actor.community_id,
            intake_id,
            lambda intake: intake.dismiss(reason=reason, by=actor.account_id, at=at),
            request=request,
        )
