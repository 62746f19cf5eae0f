"""A resident has rewritten a comment, or it is shown again."""

from dataclasses import dataclass
from datetime import datetime

from issues.application.hazard_rules_in_force import HazardRulesInForce
from issues.application.ports import Intakes, Now
from issues.domain.intake import Intake


@dataclass(frozen=True)
class NoteEdit:
    """Note how the comment reads now; danger may show in it only now.

    Raises: IntakeNotFound while the comment itself has not arrived.
    Emits: intake.accepted v1 where a rule matches and nothing was decided yet.
    """

    intakes: Intakes
    rules: HazardRulesInForce
    now: Now

    async def __call__(
        self,
        community_id: str,
        intake_id: str,
        *,
        redacted_text: str,
        sequence: int,
        edited_at: datetime,
        issue_id: str,
    ) -> Intake:
        rules = await self.rules(community_id)
        at = self.now()
        return await self.intakes.change(
            community_id,
            intake_id,
            lambda intake: intake.note_edit(
                redacted_text=redacted_text,
                sequence=sequence,
                edited_at=edited_at,
                rules=rules,
                issue_id=issue_id,
                at=at,
            ),
        )
