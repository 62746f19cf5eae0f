"""It is known whose account a comment is of."""

from dataclasses import dataclass

from issues.application.ports import Intakes
from issues.domain.intake import Intake
from issues.domain.reporter import Reporter


@dataclass(frozen=True)
class NoteJoin:
    """Note whom progress can be told to.

    Raises: IntakeNotFound while the comment itself has not arrived.
    """

    intakes: Intakes

    async def __call__(self, community_id: str, intake_id: str, reporter: Reporter) -> Intake:
        return await self.intakes.change(
            community_id, intake_id, lambda intake: intake.note_join(reporter)
        )
