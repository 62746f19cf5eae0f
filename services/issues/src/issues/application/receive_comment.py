"""A comment has come in."""

from dataclasses import dataclass

from issues.application.hazard_rules_in_force import HazardRulesInForce
from issues.application.ports import Intakes, Now
from issues.domain.intake import Intake


@dataclass(frozen=True)
class ReceiveComment:
    """Take a comment in, and make an issue of it at once if a hazard rule sees danger.

    A repeated comment changes nothing, unless it carries a later reading of the text; it is
    edited only if it reads otherwise.

    Emits: intake.accepted v1 where a rule matches.
    """

    intakes: Intakes
    rules: HazardRulesInForce
    now: Now

    async def __call__(self, received: Intake, *, issue_id: str) -> Intake:
        rules = await self.rules(received.community_id)
        at = self.now()
        intake, events = received.apply_hazard_rules(rules, issue_id=issue_id, at=at)
        stored = await self.intakes.add(intake, events)
        if stored.text_sequence >= received.text_sequence:
            return stored
        return await self.intakes.change(
            received.community_id,
            received.id,
            lambda known: known.note_reading(
                redacted_text=received.redacted_text,
                sequence=received.text_sequence,
                edited_at=at if known.reads_otherwise(received) else known.edited_at,
                rules=rules,
                issue_id=issue_id,
                at=at,
            ),
        )
