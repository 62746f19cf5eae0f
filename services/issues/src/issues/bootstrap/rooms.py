"""Every room of this service, each built from the foundation and the rooms below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from issues.application.matters import Matters
from issues.bootstrap import intake
from issues.bootstrap.foundation import Foundation
from issues.bootstrap.intake import IntakeRoom
from issues.bootstrap.room import Plan, Room
from issues.settings import IssuesSettings

PLANS: Sequence[Plan] = (intake.PLAN,)
OUTBOXES = tuple(collection for plan in PLANS for collection in plan.outboxes)


@dataclass(frozen=True)
class Rooms:
    """What api, worker and commands have in common."""

    foundation: Foundation
    intake: IntakeRoom

    @property
    def all(self) -> Sequence[Room[Any]]:
        """Each room."""
        return (self.intake.room,)

    @property
    def matters(self) -> Matters:
        """What the graph calls."""
        return Matters(intake=self.intake.room.use_cases, now=self.foundation.now)


def build(settings: IssuesSettings) -> Rooms:
    """Build everything; the store need not be there yet."""
    foundation = Foundation.laid(settings)
    return Rooms(foundation=foundation, intake=intake.build(foundation))
