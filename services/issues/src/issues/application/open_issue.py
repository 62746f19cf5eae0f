"""A clerk makes an issue of a comment."""

from dataclasses import dataclass

from chassis.requests import Request

from issues.application.permit import permit
from issues.application.ports import Intakes, Now
from issues.domain.intake import Intake
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class OpenIssue:
    """Accept an intake; the issue itself follows by an event.

    Raises: Forbidden; IntakeNotFound; IntakeAlreadyAccepted; IntakeDismissed; ReplyPending;
        CategoryUnknown; PublicTextInvalid; PublicTextRevealsPerson.
    Emits: intake.accepted v1.
    """

    intakes: Intakes
    now: Now

    async def __call__(
        self,
        actor: Actor,
        intake_id: str,
        *,
        issue_id: str,
        category: str,
        hazard: bool,
        public_text: str | None,
        request: Request,
    ) -> Intake:
        permit(actor, Operation.OPEN_ISSUE)
        at = self.now()
        return await self.intakes.change(
            actor.community_id,
            intake_id,
            lambda intake: intake.accept(
                issue_id=issue_id,
                category=category,
                hazard=hazard,
                public_text=public_text,
                by=actor.account_id,
                at=at,
            ),
            request=request,
        )
