"""The resident has been answered."""

from dataclasses import dataclass
from datetime import datetime

from issues.application.ports import Intakes
from issues.domain.intake import Intake


@dataclass(frozen=True)
class NoteReply:
    """Note the first reply on the comment's intake.

    Raises: IntakeNotFound while the comment itself has not arrived.
    """

    intakes: Intakes

    async def __call__(
        self, community_id: str, intake_id: str, *, replied_at: datetime, replied_by: str
    ) -> Intake:
        return await self.intakes.change(
            community_id,
            intake_id,
            lambda intake: intake.note_reply(at=replied_at, by=replied_by),
        )
