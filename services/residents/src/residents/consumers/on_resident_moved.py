"""Who lives elsewhere now is no longer bound to where they lived."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.consumer import Handle
from chassis.events import Received

from residents.application.logins.end_bindings import EndBindings


class ResidentMoved(msgspec.Struct, frozen=True):
    """What is needed of resident.moved.

    Attributes:
        household_id: None for who moved out.
    """

    type: ClassVar[str] = "resident.moved.v1"

    resident_id: str
    household_id: str | None
    moved_at: datetime


def on_resident_moved(end_bindings: EndBindings) -> Handle[ResidentMoved]:
    """End the binding to the home that was left."""

    async def handle(event: Received[ResidentMoved]) -> None:
        moved = event.data
        await end_bindings.of_home_left(
            event.community_id, moved.resident_id, moved.household_id, at=moved.moved_at
        )

    return handle
