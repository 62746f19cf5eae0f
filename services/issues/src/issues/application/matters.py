"""What the service can do for a person: one facade a room."""

from dataclasses import dataclass

from issues.application.intake_desk import IntakeDesk
from issues.application.ports import Now


@dataclass(frozen=True)
class Matters:
    """The rooms behind the graph."""

    intake: IntakeDesk
    now: Now
