"""A resident has taken a comment back."""

from dataclasses import dataclass
from datetime import datetime

from issues.application.ports import Intakes
from issues.domain.intake import Intake


@dataclass(frozen=True)
class NoteDeletion:
    """Note that the comment is gone.

    Raises: IntakeNotFound while the comment itself has not arrived.
    """

    intakes: Intakes

    async def __call__(
        self, community_id: str, intake_id: str, *, sequence: int, deleted_at: datetime
    ) -> Intake:
        return await self.intakes.change(
            community_id,
            intake_id,
            lambda intake: intake.note_deletion(sequence=sequence, at=deleted_at),
        )
